import { describe, expect, test } from '@jest/globals';
import { inBatches } from './in-batches.ts';

describe('inBatches()', () => {
  test('has no more under way than it may, and keeps the order', async () => {
    let underWay = 0;
    let most = 0;
    const doubled = await inBatches([1, 2, 3, 4, 5], 2, async (number) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await Promise.resolve();
      underWay -= 1;
      return number * 2;
    });
    expect(doubled).toEqual([2, 4, 6, 8, 10]);
    expect(most).toBe(2);
  });

  test('begins no further batch once one has failed', async () => {
    const begun: number[] = [];
    const failing = inBatches([1, 2, 3], 1, async (number) => {
      begun.push(number);
      if (number === 2) throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(begun).toEqual([1, 2]);
  });
});
