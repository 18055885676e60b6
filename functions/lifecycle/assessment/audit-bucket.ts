import type { LifecycleRule } from '@aws-sdk/client-s3';
import type { BucketFacts } from './bucket-facts.ts';
import type { LifecyclePolicy } from './policy.ts';
import { pricesIn } from './prices.ts';
import { OWN_RULE_ID, type Proposal, proposeLifecycle } from './proposal/propose.ts';
import { estimateSavings, type Savings, type StorageMetrics } from './savings.ts';
import { type Judgement, judgeBucket } from './verdict.ts';

/** The verdict on a bucket, with a proposal where it is not compliant. */
export interface Audited extends Judgement {
  readonly proposal: Proposal | undefined;
}

/** Judges a bucket, and proposes a lifecycle where it is not compliant. */
export function auditBucket(facts: BucketFacts, policy: LifecyclePolicy, now: Date): Audited {
  const judgement = judgeBucket(facts, policy, now);
  const proposal =
    judgement.verdict === 'NON_COMPLIANT' ? proposeLifecycle(facts, policy, now) : undefined;
  return { ...judgement, proposal };
}

/**
 * The savings of a proposal by the objects that our own rule moves; undefined where there is
 * none.
 */
export function savingsOf(
  { region }: Pick<BucketFacts, 'region'>,
  proposal: Proposal | undefined,
  metrics: StorageMetrics,
): Savings | undefined {
  if (proposal?.kind !== 'proposed') return undefined;
  return estimateSavings(ownRuleIn(proposal.configuration.rules), metrics, pricesIn(region));
}

function ownRuleIn(rules: readonly LifecycleRule[]): LifecycleRule | undefined {
  return rules.find(({ ID: id }) => id === OWN_RULE_ID);
}
