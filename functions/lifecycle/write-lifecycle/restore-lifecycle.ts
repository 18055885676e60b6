import { object, string } from 'valibot';
import type { LifecycleConfiguration } from '../assessment/bucket-facts.ts';
import { hasSameRules } from '../assessment/same-rules.ts';
import type { LifecycleDecision } from '../repair/lifecycle-write.ts';
import { RepairedBucketSchema } from '../repair/repair-task.ts';

/** The input from the workflow. */
export const RestoreLifecycleSchema = object({
  place: RepairedBucketSchema,
  executionArn: string(),
  backupKey: string(),
});

/** Puts back what a repair replaced, unless somebody has changed the lifecycle since. */
export function decideRestore(
  current: LifecycleConfiguration | undefined,
  {
    base,
    written,
  }: {
    readonly base: LifecycleConfiguration | null;
    readonly written: LifecycleConfiguration | null;
  },
): LifecycleDecision {
  if (hasSameRules(current?.rules, base?.rules)) {
    return { kind: 'leave', why: 'what the repair replaced is back already' };
  }
  if (!hasSameRules(current?.rules, written?.rules)) {
    return { kind: 'leave', why: 'somebody has changed the lifecycle since' };
  }
  return { kind: 'write', configuration: base ?? undefined };
}
