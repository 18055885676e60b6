import type { LifecycleRule } from '@aws-sdk/client-s3';
import type { LifecycleConfiguration } from '../assessment/bucket-facts.ts';
import { withNewForm } from '../assessment/proposal/propose.ts';
import { canonicalRule } from '../assessment/same-rules.ts';

interface Write {
  readonly base: LifecycleConfiguration | undefined;
  readonly written: LifecycleConfiguration | undefined;
}

/** Returns whether rules hold every change of a write of ours, so that they were made from it. */
export function isMadeFrom({ base, written }: Write, rules: readonly LifecycleRule[]): boolean {
  const [before, after, theirs] = [textsOf(base?.rules), textsOf(written?.rules), textsOf(rules)];
  const ids = [...new Set([...before.keys(), ...after.keys()])];
  const changed = ids.filter((id) => before.get(id) !== after.get(id));
  return changed.length > 0 && changed.every((id) => theirs.get(id) === after.get(id));
}

function textsOf(rules: readonly LifecycleRule[] = []): ReadonlyMap<string | undefined, string> {
  return new Map(rules.map((rule) => [rule.ID, canonicalRule(withNewForm(rule))]));
}
