import { object, string } from 'valibot';
import type { BucketFacts, LifecycleConfiguration } from '../assessment/bucket-facts.ts';
import type { LifecyclePolicy } from '../assessment/policy.ts';
import { hasSameRules } from '../assessment/same-rules.ts';
import { judgeBucket } from '../assessment/verdict.ts';
import { RepairedBucketSchema } from '../repair/repair-task.ts';

/** The input from the workflow. */
export const VerifyRepairSchema = object({
  place: RepairedBucketSchema,
  executionArn: string(),
  backupKey: string(),
  now: string(),
});

/** Whether the repair is there, and holds. */
export type Verification = 'compliant' | 'not-visible' | 'not-compliant';

/**
 * Compares what S3 reads with what was written. Something else is either the old lifecycle, for changes
 * take a while, or somebody's newer one: both look alike until the time is over.
 */
export function verifyRepair(
  facts: BucketFacts,
  written: LifecycleConfiguration,
  policy: LifecyclePolicy,
  now: Date,
): Verification {
  if (!hasSameRules(facts.configuration?.rules, written.rules)) return 'not-visible';
  return judgeBucket(facts, policy, now).verdict === 'NON_COMPLIANT'
    ? 'not-compliant'
    : 'compliant';
}
