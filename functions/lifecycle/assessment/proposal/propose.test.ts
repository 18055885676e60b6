import type { LifecycleRule } from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import { diffText } from '../diff.ts';
import { DEFAULT_POLICY } from '../policy.ts';
import { OWN_RULE_ID, type Proposal, proposeLifecycle } from './propose.ts';

const NOW = new Date('2026-11-22T09:30:00Z');

function propose(rules: readonly LifecycleRule[], more: object = {}): Proposal {
  const configuration =
    rules.length === 0
      ? undefined
      : { rules, minimumObjectSize: 'varies_by_storage_class' as const };
  return proposeLifecycle(
    { configuration, versioning: undefined, isMfaDelete: false, ...more },
    DEFAULT_POLICY,
    NOW,
  );
}

const logs: LifecycleRule = {
  ID: 'logs',
  Status: 'Enabled',
  Prefix: 'logs/',
  Expiration: { Days: 7 },
};

describe('proposeLifecycle()', () => {
  test('adds one rule, keeps the others in the new form, and carries the setting', () => {
    const proposal = propose([logs]);

    expect(proposal).toMatchObject({
      kind: 'proposed',
      configuration: {
        minimumObjectSize: 'varies_by_storage_class',
        rules: [
          { ID: 'logs', Status: 'Enabled', Filter: { Prefix: 'logs/' }, Expiration: { Days: 7 } },
          {
            ID: OWN_RULE_ID,
            Status: 'Enabled',
            Filter: { Prefix: '' },
            Transitions: [
              { Days: 30, StorageClass: 'STANDARD_IA' },
              { Days: 90, StorageClass: 'GLACIER' },
              { Days: 365, StorageClass: 'DEEP_ARCHIVE' },
            ],
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          },
        ],
      },
    });
    if (proposal.kind !== 'proposed') throw new Error(proposal.kind);
    expect(proposal.changes.map(({ kind, ruleId }) => [kind, ruleId])).toEqual([
      ['new-form', 'logs'],
      ['add', OWN_RULE_ID],
    ]);
    expect(diffText(proposal.changes).split('\n')).toHaveLength(3);
  });

  test('moves nothing that is deleted before a move would pay', () => {
    const proposal = propose([{ ...logs, Prefix: '', Expiration: { Days: 100 } }]);

    expect(proposal).toMatchObject({
      configuration: {
        rules: [{ ID: 'logs' }, { Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }] }],
      },
    });
  });

  test('never deletes a version on its own account', () => {
    expect(JSON.stringify(propose([], { versioning: 'Enabled' }))).not.toContain(
      'NoncurrentVersionExpiration',
    );
  });

  test.each([
    ['MFA delete', [logs], { isMfaDelete: true }],
    [
      '1000 rules',
      Array.from({ length: 1_000 }, (_, i) => ({ ...logs, ID: `${i}`, Prefix: `${i}/` })),
      {},
    ],
  ])('says that it cannot for %s', (said, rules, more) => {
    expect(propose(rules, more)).toEqual({
      kind: 'impossible',
      sentence: expect.stringContaining(said),
    });
  });
});
