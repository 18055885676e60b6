import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chooseTarget, type Member } from './choose-target.ts';

function member(id: string, changes: Partial<Member> = {}): Member {
  return {
    id,
    isWriter: false,
    promotionTier: 1,
    status: 'available',
    zone: 'us-east-1b',
    instanceClass: 'db.r6g.large',
    ...changes,
  };
}

const writer = member('w', { isWriter: true, zone: 'us-east-1a', promotionTier: 0 });

describe('chooseTarget()', () => {
  test('takes the lowest promotion tier, even in the writer’s zone', () => {
    const sameZone = member('b', { promotionTier: 0, zone: 'us-east-1a' });

    expect(chooseTarget([writer, member('a'), sameZone])).toBe('b');
  });

  test('prefers another zone within a tier, even for a smaller class', () => {
    const sameZone = member('a', { zone: 'us-east-1a' });
    const smaller = member('b', { instanceClass: 'db.r6g.medium' });

    expect(chooseTarget([writer, sameZone, smaller])).toBe('b');
  });

  test('prefers at least the writer’s class within a zone', () => {
    const big = member('w', { isWriter: true, instanceClass: 'db.r6g.2xlarge' });
    const members = [
      big,
      member('a', { zone: 'c', instanceClass: 'db.r6g.xlarge' }),
      member('b', { zone: 'c', instanceClass: 'db.r6g.16xlarge' }),
    ];

    expect(chooseTarget(members)).toBe('b');
    expect(
      chooseTarget([...members, member('aa', { zone: 'c', instanceClass: 'db.serverless' })]),
    ).toBe('aa');
  });

  test('passes over readers that are not available', () => {
    const ill = member('a', { promotionTier: 0, status: 'rebooting' });

    expect(chooseTarget([writer, ill, member('b', { promotionTier: 15 })])).toBe('b');
  });

  test('finds nobody where no reader is healthy', () => {
    expect(chooseTarget([writer])).toBeUndefined();
    expect(chooseTarget([writer, member('a', { status: 'failed' })])).toBeUndefined();
    expect(chooseTarget([])).toBeUndefined();
  });

  test('answers the same whatever the order of the members', () => {
    const members = [writer, member('c'), member('a'), member('b')];

    fc.assert(
      fc.property(fc.shuffledSubarray(members, { minLength: 4 }), (shuffled) => {
        expect(chooseTarget(shuffled)).toBe('a');
      }),
    );
  });
});
