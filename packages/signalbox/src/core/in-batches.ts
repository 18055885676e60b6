/**
 * Does the same with each of many, a few at once: AWS allows few calls a second.
 *
 * @param atOnce How many are under way at the same time.
 * @returns What came of each, in their order.
 * @throws {Error} The first that failed; no further batch begins then.
 */
export async function inBatches<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += atOnce) {
    results.push(...(await Promise.all(items.slice(at, at + atOnce).map(work))));
  }
  return results;
}
