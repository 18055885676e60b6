import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { orderTotal } from './order-total.ts';

const line = fc.record({
  quantity: fc.integer({ min: 1, max: 1_000 }),
  unitPrice: fc.integer({ min: 0, max: 100_000_000 }),
});

describe('orderTotal()', () => {
  test('adds up quantity times price', () => {
    const lines = [
      { quantity: 1, unitPrice: 4_900 },
      { quantity: 4, unitPrice: 350 },
    ];

    expect(orderTotal(lines)).toBe(6_300);
  });

  test('does not depend on the order of the lines', () => {
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        expect(orderTotal([...lines].reverse())).toBe(orderTotal(lines));
      }),
    );
  });

  test('is the sum of the totals of any two parts', () => {
    fc.assert(
      fc.property(fc.array(line), fc.array(line), (some, others) => {
        expect(orderTotal([...some, ...others])).toBe(orderTotal(some) + orderTotal(others));
      }),
    );
  });

  test('is exact up to the largest safe integer, and refuses what lies beyond', () => {
    expect(orderTotal([{ quantity: 1, unitPrice: Number.MAX_SAFE_INTEGER }])).toBe(
      Number.MAX_SAFE_INTEGER,
    );
    expect(() => orderTotal([{ quantity: 2, unitPrice: Number.MAX_SAFE_INTEGER }])).toThrow(
      RangeError,
    );
    expect(() => orderTotal([{ quantity: 1, unitPrice: 0.5 }])).toThrow(RangeError);
  });
});
