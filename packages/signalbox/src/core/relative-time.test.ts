import { describe, expect, test } from '@jest/globals';
import { withTimes } from './relative-time.ts';

const now = new Date('2026-01-05T10:00:00.500Z');

describe('withTimes()', () => {
  test.each([
    ['{{now}}', '2026-01-05T10:00:00.500Z'],
    ['{{now+90d}}', '2026-04-05T10:00:00.500Z'],
    ['{{now-2h}}', '2026-01-05T08:00:00.500Z'],
    ['{{now+30m:date}}', '2026-01-05'],
    ['{{now-10s:epoch}}', 1_767_607_190],
    ['from {{now-1d:date}} to {{now:epoch}}', 'from 2026-01-04 to 1767607200'],
    ['{{then}}', '{{then}}'],
    ['{{now+90y}}', '{{now+90y}}'],
  ])('writes %j as %j', (text, expected) => {
    expect(withTimes(text, now)).toBe(expected);
  });

  test('finds them wherever they are, and leaves the rest as it is', () => {
    expect(withTimes({ a: [1, null, { b: '{{now:date}}' }], '{{now:date}}': true }, now)).toEqual({
      a: [1, null, { b: '2026-01-05' }],
      '2026-01-05': true,
    });
  });
});
