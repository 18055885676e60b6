import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mergeSort } from './merge-sort.ts';

test('sorts as the language does, stably', async () => {
  const items = fc.array(fc.tuple(fc.nat(5), fc.nat()));
  await fc.assert(
    fc.asyncProperty(items, async (given) => {
      const sorted = await mergeSort(given, async (left, right) => {
        const [one, other] = [left, right].map((item) => (Array.isArray(item) ? item[0] : item));
        return one > other;
      });
      expect(sorted).toEqual([...given].sort(([left], [right]) => left - right));
    }),
  );
});

test('compares in proportion to n log n', async () => {
  let comparisons = 0;
  const items = Array.from({ length: 4096 }, (_, at) => (at * 2654435761) % 4096);
  await mergeSort(items, async (left, right) => {
    comparisons += 1;
    return Number(left) > Number(right);
  });
  expect(comparisons).toBeLessThanOrEqual(4096 * 12);
});
