/** Says whether the left one of two items comes after the right one. */
type ComesAfter = (left: unknown, right: unknown) => Promise<unknown>;

/** Sorts stably by a comparison that takes time; each round merges runs of twice the length. */
export async function mergeSort(
  items: readonly unknown[],
  comesAfter: ComesAfter,
): Promise<unknown[]> {
  let sorted = [...items];
  for (let width = 1; width < sorted.length; width *= 2) {
    const merged: unknown[] = [];
    for (let start = 0; start < sorted.length; start += 2 * width) {
      await merge(sorted, start, width, merged, comesAfter);
    }
    sorted = merged;
  }
  return sorted;
}

/** Adds two neighbouring runs to `merged`, in order. */
async function merge(
  sorted: readonly unknown[],
  start: number,
  width: number,
  merged: unknown[],
  comesAfter: ComesAfter,
): Promise<void> {
  const middle = Math.min(start + width, sorted.length);
  const end = Math.min(start + 2 * width, sorted.length);
  let [left, right] = [start, middle];
  while (left < middle && right < end) {
    const isLater = await comesAfter(sorted[left], sorted[right]);
    merged.push(isLater ? sorted[right++] : sorted[left++]);
  }
  while (left < middle) merged.push(sorted[left++]);
  while (right < end) merged.push(sorted[right++]);
}
