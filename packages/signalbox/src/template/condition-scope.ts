import type { Node, Place } from './document/node.ts';
import { createConditions } from './intrinsics/conditions.ts';
import type { Scope } from './intrinsics/scope.ts';
import type { Report } from './report.ts';
import type { Template } from './sections.ts';
import type { Stack } from './stack.ts';

/** Makes the scope of the Conditions section, which knows parameters and mappings but no resource. */
export function createConditionScope(
  template: Template,
  parameters: ReadonlyMap<string, Node>,
  stack: Stack,
  report: Report,
): Scope {
  const refuse = (name: string, place: Place): Node => {
    const message = `${name} is no parameter, and a condition may refer to nothing else`;
    report.missing(place, message, name, [...parameters.keys()]);
    return { kind: 'broken', place };
  };
  const scope = {
    report,
    stack,
    languageExtensions: template.languageExtensions,
    parameters,
    mappings: new Map(template.mappings.map(({ key, value }) => [key, value])),
    ref: refuse,
    attribute: (logicalId: string, _: string, place: Place) => refuse(logicalId, place),
  };
  const condition = createConditions(template.conditions, scope);
  for (const { key, place } of template.conditions) condition(key, place);
  return { ...scope, condition };
}
