import { describe, expect, test } from '@jest/globals';
import { nextStart } from './scenario-start.ts';

describe('nextStart()', () => {
  test.each([
    ['2026-01-05T09:59:59.999Z', '2026-01-05T10:00:00.000Z'],
    ['2026-01-05T10:00:00.000Z', '2026-01-06T10:00:00.000Z'],
    ['2026-02-28T10:00:00.001Z', '2026-03-01T10:00:00.000Z'],
    ['2025-12-31T23:50:00.000Z', '2026-01-01T10:00:00.000Z'],
  ])('after %s is %s', (now, expected) => {
    expect(nextStart(new Date(now)).toISOString()).toBe(expected);
  });
});
