import type { LifecycleRule } from '@aws-sdk/client-s3';
import { canonicalRule } from '../assessment/same-rules.ts';

/** Three lifecycles of one bucket, each as its rules. */
export interface Writings {
  /** The lifecycle from which our write was made. */
  readonly base: readonly LifecycleRule[];
  /** The lifecycle that somebody else put meanwhile, and our write replaced. */
  readonly theirs: readonly LifecycleRule[];
  /** The lifecycle that is there now. */
  readonly current: readonly LifecycleRule[];
}

/**
 * Brings back what a write of ours replaced: every rule that the other writer added, changed or took
 * away since the base is added, changed or taken away in what is there now. A rule that somebody
 * changed later still stays as that one wrote it.
 */
export function mergeRules({ base, theirs, current }: Writings): readonly LifecycleRule[] {
  const [before, after] = [byKey(base), byKey(theirs)];
  const kept = current.flatMap((rule) => {
    const key = keyOf(rule);
    const isAsBefore = isSame(before.get(key), rule);
    const their = after.get(key);
    after.delete(key);
    if (!isAsBefore) return [rule];
    return their === undefined ? [] : [their];
  });
  // Their remaining rules are not there now: either they added them, or somebody took them away later.
  const added = [...after].filter(([key, rule]) => !isSame(before.get(key), rule));
  return [...kept, ...added.map(([, rule]) => rule)];
}

/** Two forms of one prefix mean the same, so that a rule is not taken for changed by its new form. */
function isSame(a: LifecycleRule | undefined, b: LifecycleRule): boolean {
  return a !== undefined && canonicalRule(withFilter(a)) === canonicalRule(withFilter(b));
}

function byKey(rules: readonly LifecycleRule[]): Map<string, LifecycleRule> {
  return new Map(rules.map((rule) => [keyOf(rule), rule]));
}

/** S3 gives an ID to a rule that was put without one; until then its content tells it from others. */
function keyOf(rule: LifecycleRule): string {
  return rule.ID ?? canonicalRule(rule);
}

function withFilter({ Prefix: prefix, ...rule }: LifecycleRule): LifecycleRule {
  return prefix === undefined ? rule : { ...rule, Filter: { Prefix: prefix } };
}
