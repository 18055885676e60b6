import { boolean, type InferOutput, object, string } from 'valibot';
import type { BucketFacts, LifecycleConfiguration } from '../assessment/bucket-facts.ts';
import type { LifecyclePolicy } from '../assessment/policy.ts';
import { OWN_RULE_ID, proposeLifecycle } from '../assessment/proposal/propose.ts';
import { canonicalRule } from '../assessment/same-rules.ts';
import type { LifecycleDecision } from '../repair/lifecycle-write.ts';
import { RepairedBucketSchema } from '../repair/repair-task.ts';

/** The input from the workflow: the approved rule counts only where approval was needed. */
export const ApplyRepairSchema = object({
  place: RepairedBucketSchema,
  executionArn: string(),
  now: string(),
  needsApproval: boolean(),
  ownRule: string(),
});

/** The input from the workflow. */
export type ApplyRepair = InferOutput<typeof ApplyRepairSchema>;

/** Said where what was approved is no longer what would be written. */
export const CHANGED = 'what was approved is no longer what is needed';

/** Said where nobody approved a repair, and the tag no longer lets it be done either. */
export const NOT_TAGGED = 'the tag that lets it be repaired is gone, or it was restored meanwhile';

/** Returns whether the plan no longer holds, so that another one has to be made. */
export function isOutdated(why: string): boolean {
  return why === CHANGED || why === NOT_TAGGED;
}

/** The request, and whether the bucket's tag lets it be repaired by itself now. */
type Asked = Pick<ApplyRepair, 'ownRule' | 'needsApproval' | 'now'> & {
  readonly isTagged: boolean;
};

/**
 * Decides what to write on reading the lifecycle once more. What the plan was made from does not
 * matter: the proposal is made anew, and where a person approved it, our own rule has to be the same.
 */
export function decideRepair(
  current: LifecycleConfiguration | undefined,
  facts: Pick<BucketFacts, 'versioning' | 'isMfaDelete'>,
  { ownRule, needsApproval, now, isTagged }: Asked,
  policy: LifecyclePolicy,
): LifecycleDecision {
  if (!needsApproval && !isTagged) return { kind: 'leave', why: NOT_TAGGED };
  const proposal = proposeLifecycle({ ...facts, configuration: current }, policy, new Date(now));
  if (proposal.kind === 'impossible') return { kind: 'leave', why: proposal.sentence };
  if (proposal.kind === 'unchanged') return { kind: 'leave', why: 'nothing would change' };
  const own = proposal.configuration.rules.find(({ ID: id }) => id === OWN_RULE_ID);
  const isAsApproved = (own === undefined ? '' : canonicalRule(own)) === ownRule;
  if (needsApproval && !isAsApproved) return { kind: 'leave', why: CHANGED };
  return { kind: 'write', configuration: proposal.configuration };
}
