import { describe, expect, test } from '@jest/globals';
import { DEFAULT_POLICY } from '../assessment/policy.ts';
import { OWN_RULE_ID, proposeLifecycle } from '../assessment/proposal/propose.ts';
import { canonicalRule } from '../assessment/same-rules.ts';
import { CHANGED, decideRepair, isOutdated, NOT_TAGGED } from './apply-repair.ts';

const now = '2026-11-22T03:00:00Z';
const bucket = { versioning: undefined, isMfaDelete: false } as const;
const proposal = proposeLifecycle(
  { ...bucket, configuration: undefined },
  DEFAULT_POLICY,
  new Date(now),
);
const proposed = proposal.kind === 'proposed' ? proposal.configuration : undefined;
const own = proposed?.rules.find(({ ID }) => ID === OWN_RULE_ID);
const ownRule = own === undefined ? '' : canonicalRule(own);
const short = {
  rules: [{ ID: 'a', Status: 'Enabled' as const, Filter: { Prefix: '' }, Expiration: { Days: 5 } }],
  minimumObjectSize: undefined,
};

describe('decideRepair()', () => {
  test('writes what was approved', () => {
    const asked = { ownRule, needsApproval: true, now, isTagged: false };

    expect(decideRepair(undefined, bucket, asked, DEFAULT_POLICY)).toEqual({
      kind: 'write',
      configuration: proposed,
    });
  });

  test('writes what was approved beside a rule that came later', () => {
    const logs = {
      ID: 'l',
      Status: 'Enabled',
      Filter: { Prefix: 'l/' },
      Expiration: { Days: 5 },
    } as const;
    const current = { rules: [logs], minimumObjectSize: undefined };
    const asked = { ownRule, needsApproval: true, now, isTagged: false };

    expect(decideRepair(current, bucket, asked, DEFAULT_POLICY)).toMatchObject({
      configuration: { rules: [logs, { ID: OWN_RULE_ID }] },
    });
  });

  test('asks anew where another rule of ours is needed than was approved', () => {
    expect(
      decideRepair(
        short,
        bucket,
        { ownRule, needsApproval: true, now, isTagged: false },
        DEFAULT_POLICY,
      ),
    ).toEqual({ kind: 'leave', why: CHANGED });
  });

  test('writes what is needed now where nobody has to approve', () => {
    expect(
      decideRepair(
        short,
        bucket,
        { ownRule, needsApproval: false, now, isTagged: true },
        DEFAULT_POLICY,
      ).kind,
    ).toBe('write');
  });

  test('writes nothing where nobody approved it, and the tag is gone or the bucket was restored', () => {
    const asked = { ownRule, needsApproval: false, now, isTagged: false };

    expect(decideRepair(short, bucket, asked, DEFAULT_POLICY)).toEqual({
      kind: 'leave',
      why: NOT_TAGGED,
    });
    expect([NOT_TAGGED, CHANGED, 'nothing would change'].map(isOutdated)).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('writes nothing twice', () => {
    expect(
      decideRepair(
        proposed,
        bucket,
        { ownRule, needsApproval: false, now, isTagged: true },
        DEFAULT_POLICY,
      ),
    ).toEqual({ kind: 'leave', why: 'nothing would change' });
  });
});
