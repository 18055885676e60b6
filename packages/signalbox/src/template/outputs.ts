import { checkKeys } from './check-keys.ts';
import { type Entry, textOf, valueAt } from './document/node.ts';
import { resolve } from './intrinsics/resolve.ts';
import type { Scope } from './intrinsics/scope.ts';

/** Reads the Outputs section; an output whose condition is false is left out. */
export function readOutputs(
  entries: readonly Entry[],
  scope: Scope,
): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  for (const { key, value, place } of entries) {
    const known = ['Condition', 'Description', 'Export', 'Value'];
    checkKeys(value, { what: `Output ${key}`, known }, scope.report);
    const condition = textOf(valueAt(value, 'Condition'));
    if (condition !== undefined && scope.condition(condition, place) === false) continue;
    const declared = valueAt(value, 'Value');
    const resolved = declared && resolve(declared, scope);
    const text = textOf(resolved);
    if (text !== undefined) outputs[key] = text;
    else if (resolved?.kind !== 'broken')
      scope.report.at(place, `Output ${key} needs a Value: a string`);
  }
  return outputs;
}
