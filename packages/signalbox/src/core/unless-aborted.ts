/**
 * Waits for work that cannot be called back, until the signal aborts: nobody waits for the work any
 * longer then, and `whenAborted` returns the result in its place, or throws.
 */
export function unlessAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
  whenAborted: () => T,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      try {
        resolve(whenAborted());
      } catch (error) {
        reject(error);
      }
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
