/** Waits for a case to end; one that never ends gets the result that `late` makes, and the others go on. */
export async function withinTime<T>(work: Promise<T>, limitMs: number, late: () => T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late()), limitMs);
  });
  try {
    return await Promise.race([limit, work]);
  } finally {
    clearTimeout(timer);
  }
}
