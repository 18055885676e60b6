import { describe, expect, test } from '@jest/globals';
import type { BucketFacts, LifecycleConfiguration } from '../assessment/bucket-facts.ts';
import { DEFAULT_POLICY } from '../assessment/policy.ts';
import { proposeLifecycle } from '../assessment/proposal/propose.ts';
import { verifyRepair } from './verify-repair.ts';

const NOW = new Date('2026-11-22T03:00:00Z');
const bucket = { versioning: undefined, isMfaDelete: false } as const;
const proposal = proposeLifecycle({ ...bucket, configuration: undefined }, DEFAULT_POLICY, NOW);
const none: LifecycleConfiguration = { rules: [], minimumObjectSize: undefined };
const written = proposal.kind === 'proposed' ? proposal.configuration : none;
const seen = (configuration: LifecycleConfiguration | undefined): BucketFacts => ({
  ...bucket,
  accountId: '123456789012',
  bucket: 'logs',
  region: 'us-east-1',
  tags: {},
  configuration,
});

describe('verifyRepair()', () => {
  test('sees what was written, in whatever order S3 answers', () => {
    const reversed = {
      minimumObjectSize: 'all_storage_classes_128K' as const,
      rules: written.rules.map((rule) => ({
        ...rule,
        Transitions: [...(rule.Transitions ?? [])].reverse(),
      })),
    };

    expect(verifyRepair(seen(reversed), written, DEFAULT_POLICY, NOW)).toBe('compliant');
  });

  test('waits for what it does not see', () => {
    expect(verifyRepair(seen(undefined), written, DEFAULT_POLICY, NOW)).toBe('not-visible');
  });

  test('tells of a repair that does not make the bucket compliant', () => {
    const versioned = { ...seen(written), versioning: 'Enabled' as const };

    expect(verifyRepair(versioned, written, DEFAULT_POLICY, NOW)).toBe('not-compliant');
  });
});
