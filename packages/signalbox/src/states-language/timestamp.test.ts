import { describe, expect, test } from '@jest/globals';
import { timestampMs } from './timestamp.ts';

describe('timestampMs()', () => {
  test.each([
    ['2016-03-14T01:59:00Z', Date.UTC(2016, 2, 14, 1, 59)],
    ['2016-03-14T01:59:00.5+01:00', Date.UTC(2016, 2, 14, 0, 59, 0, 500)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
  ])('reads %s', (text, ms) => {
    expect(timestampMs(text)).toBe(ms);
  });

  test.each([
    '2016-12-05 21:29:29Z',
    '2016-12-05T21:29:29',
    '2016-13-05T21:29:29Z',
    '2016-12-05T25:29:29Z',
    '2023-02-30T00:00:00Z',
    1480973369,
    null,
  ])('refuses %p', (value) => {
    expect(timestampMs(value)).toBeUndefined();
  });
});
