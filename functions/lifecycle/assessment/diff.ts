import type { LifecycleRule } from '@aws-sdk/client-s3';
import { canonicalRule } from './same-rules.ts';

/**
 * The change of one rule by a proposal; `new-form` writes its filter anew and leaves its meaning.
 */
export interface RuleChange {
  readonly kind: 'add' | 'remove' | 'replace' | 'new-form';
  readonly ruleId: string;
  readonly before: LifecycleRule | undefined;
  readonly after: LifecycleRule | undefined;
}

/** Lists what changes between two lists of rules, rule by rule; nothing for those that stay. */
export function diffRules(
  before: readonly LifecycleRule[],
  after: readonly LifecycleRule[],
): readonly RuleChange[] {
  const left = new Map(after.map((rule) => [rule.ID ?? '', rule]));
  const changes = before.flatMap((rule): readonly RuleChange[] => {
    const ruleId = rule.ID ?? '';
    const next = left.get(ruleId);
    left.delete(ruleId);
    if (next === undefined) return [{ kind: 'remove', ruleId, before: rule, after: undefined }];
    if (canonicalRule(rule) === canonicalRule(next)) return [];
    const kind = rule.Prefix !== undefined ? 'new-form' : 'replace';
    return [{ kind, ruleId, before: rule, after: next }];
  });
  const added = [...left].map(
    ([ruleId, rule]): RuleChange => ({ kind: 'add', ruleId, before: undefined, after: rule }),
  );
  return [...changes, ...added];
}

/** Writes changes as a diff that people read: `-` and `+` before the JSON of a rule. */
export function diffText(changes: readonly RuleChange[]): string {
  return changes
    .flatMap(({ before, after }) => [
      ...(before === undefined ? [] : [`- ${JSON.stringify(before)}`]),
      ...(after === undefined ? [] : [`+ ${JSON.stringify(after)}`]),
    ])
    .join('\n');
}
