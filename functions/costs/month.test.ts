import { describe, expect, test } from '@jest/globals';
import {
  addMonths,
  daysIn,
  isMonth,
  lastCompleteMonth,
  monthsBetween,
  settledOn,
} from './month.ts';

describe('addMonths()', () => {
  test.each([
    ['2026-01', -1, '2025-12'],
    ['2026-12', 1, '2027-01'],
    ['2026-10', -13, '2025-09'],
    ['2026-10', 0, '2026-10'],
  ])('from %s by %d is %s', (month, count, there) => {
    expect(addMonths(month, count)).toBe(there);
  });
});

describe('daysIn()', () => {
  test.each([
    ['2024-02', 29],
    ['2026-02', 28],
    ['2026-10', 31],
  ])('%s has %d', (month, days) => {
    expect(daysIn(month)).toBe(days);
  });
});

describe('lastCompleteMonth()', () => {
  test.each([
    ['2026-11-01T00:00:00.000Z', '2026-10'],
    ['2026-01-31T23:59:59.999Z', '2025-12'],
  ])('at %s is %s, in UTC', (moment, month) => {
    expect(lastCompleteMonth(moment)).toBe(month);
  });
});

describe('monthsBetween()', () => {
  test('leaves the end out', () => {
    expect(monthsBetween('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01']);
    expect(monthsBetween('2026-02', '2026-02')).toEqual([]);
  });
});

describe('settledOn()', () => {
  test('is in the next month', () => {
    expect(settledOn('2025-12', 6)).toBe('2026-01-06');
  });
});

describe('isMonth()', () => {
  test.each(['2026-13', '2026-1', '26-10', '2026-10-01'])('refuses %s', (text) => {
    expect(isMonth(text)).toBe(false);
  });
});
