import type { LifecycleRule } from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import { mergeRules } from './merge-rules.ts';

const rule = (ID: string, days = 1): LifecycleRule => ({
  ID,
  Status: 'Enabled',
  Filter: { Prefix: `${ID}/` },
  Expiration: { Days: days },
});
const [a, b, c, own] = [rule('a'), rule('b'), rule('c'), rule('own')];

describe('mergeRules()', () => {
  test.each<[string, LifecycleRule[], LifecycleRule[], LifecycleRule[], LifecycleRule[]]>([
    ['brings back what they added', [a], [a, b], [a, own], [a, own, b]],
    ['changes what they changed', [a], [rule('a', 9)], [a, own], [rule('a', 9), own]],
    ['takes away what they took away', [a, b], [a], [a, b, own], [a, own]],
    ['takes away all, where they did', [a, b], [], [a, b, own], [own]],
    ['leaves what they left', [a], [a], [a, own], [a, own]],
    ['keeps what somebody added later', [a], [a, b], [a, own, c], [a, own, c, b]],
    [
      'keeps what somebody changed later than they',
      [a],
      [rule('a', 9)],
      [rule('a', 20), own],
      [rule('a', 20), own],
    ],
    ['changes nothing where their write is there', [a], [a, b], [a, b], [a, b]],
  ])('%s', (_, base, theirs, current, merged) => {
    expect(mergeRules({ base, theirs, current })).toEqual(merged);
  });

  test('does not take the new form of a filter for a change', () => {
    const old: LifecycleRule = {
      ID: 'a',
      Status: 'Enabled',
      Prefix: 'a/',
      Expiration: { Days: 1 },
    };

    expect(mergeRules({ base: [old], theirs: [old, b], current: [a, own] })).toEqual([old, own, b]);
    expect(mergeRules({ base: [old, b], theirs: [b], current: [a, b, own] })).toEqual([b, own]);
  });
});
