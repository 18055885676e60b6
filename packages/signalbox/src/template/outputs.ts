import { checkKeys } from './check-keys.ts';
import { type MapEntry, textOf, valueAt } from './document/node.ts';
import { resolve } from './intrinsics/resolve.ts';
import type { TemplateScope } from './intrinsics/scope.ts';

/** The outputs of a template, by name; undefined where the problem is reported. */
export type Outputs = ReadonlyMap<string, string | undefined>;

/** Reads the Outputs section; an output whose condition is false is left out. Its exports go to `exports`. */
export function readOutputs(
  entries: readonly MapEntry[],
  scope: TemplateScope,
  exports: Map<string, string>,
): Outputs {
  const outputs = new Map<string, string | undefined>();
  for (const { key, value, place } of entries) {
    const known = ['Condition', 'Description', 'Export', 'Value'];
    checkKeys(value, { what: `Output ${key}`, known }, scope.report);
    const condition = textOf(valueAt(value, 'Condition'));
    if (condition !== undefined && scope.condition(condition, place) === false) continue;
    const declared = valueAt(value, 'Value');
    const resolved = declared && resolve(declared, scope);
    const text = textOf(resolved);
    outputs.set(key, text);
    const exported = valueAt(valueAt(value, 'Export'), 'Name');
    const name = textOf(exported && resolve(exported, scope));
    if (name !== undefined && text !== undefined) exports.set(name, text);
    if (text === undefined && resolved?.kind !== 'broken')
      scope.report.at(place, `Output ${key} needs a Value: a string`);
  }
  return outputs;
}

/** The outputs as an app shows them. */
export function outputTexts(outputs: Outputs): Readonly<Record<string, string>> {
  return Object.fromEntries([...outputs].map(([name, text]) => [name, text ?? '']));
}
