import { describe, expect, test } from '@jest/globals';
import { isContention, quantitiesBySku } from './reservation.ts';

describe('quantitiesBySku()', () => {
  test('adds up the lines of one item, which a transaction may name once', () => {
    const lines = [
      { sku: 'bulb', quantity: 2 },
      { sku: 'lamp', quantity: 1 },
      { sku: 'bulb', quantity: 3 },
    ];

    expect(quantitiesBySku(lines)).toEqual([
      { sku: 'bulb', quantity: 5 },
      { sku: 'lamp', quantity: 1 },
    ]);
  });
});

describe('isContention()', () => {
  test.each([
    [['None', 'TransactionConflict'], true],
    [['ThrottlingError'], true],
    [['None', 'ConditionalCheckFailed'], false],
    [[], false],
  ])('tells %j', (codes, contention) => {
    expect(isContention(codes)).toBe(contention);
  });
});
