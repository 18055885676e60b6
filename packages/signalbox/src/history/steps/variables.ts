import type { Step } from './step.ts';
import { groupKey } from './step-rows.ts';

/**
 * Returns the variables that a step sees when it is entered, as JSON texts by name.
 * AWS: an iteration or branch sees those around it, and its own are gone after it.
 */
export function variablesBefore(
  steps: readonly Step[],
  step: Step,
): Readonly<Record<string, string>> {
  const scopes = scopesOf(steps, step);
  const before: Record<string, string> = {};
  for (const each of steps) {
    if (each.exitedMs === undefined || each.assigned === undefined) continue;
    if (each.id >= step.id || !scopes.has(scopeOf(each))) continue;
    Object.assign(before, each.assigned);
  }
  return before;
}

/** Writes variables, or other members whose values are JSON texts, as the text of one JSON object. */
export function membersText(members: Readonly<Record<string, string>>): string {
  const texts = Object.entries(members).map(([name, text]) => `${JSON.stringify(name)}:${text}`);
  return `{${texts.join(',')}}`;
}

function scopesOf(steps: readonly Step[], step: Step): ReadonlySet<string | undefined> {
  const byId = new Map(steps.map((each) => [each.id, each]));
  const scopes = new Set<string | undefined>([scopeOf(step)]);
  for (let at: Step | undefined = step; at?.parent !== undefined; ) {
    at = byId.get(at.parent.stepId);
    if (at !== undefined) scopes.add(scopeOf(at));
  }
  return scopes;
}

function scopeOf({ parent }: Step): string | undefined {
  return parent && groupKey(parent.stepId, parent.index);
}
