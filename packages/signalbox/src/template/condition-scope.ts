import type { Node, NodePlace } from './document/node.ts';
import { createConditions } from './intrinsics/conditions.ts';
import type { TemplateScope } from './intrinsics/scope.ts';
import type { Report } from './report.ts';
import type { Template } from './sections.ts';
import type { Stack } from './stack.ts';

/** Makes the scope of the Conditions section, which knows parameters and mappings but no resource. */
export function createConditionScope(
  template: Template,
  parameters: ReadonlyMap<string, Node>,
  stack: Stack,
  report: Report,
): TemplateScope {
  const refuse = (name: string, place: NodePlace): Node => {
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
    attribute: (logicalId: string, _: string, place: NodePlace) => refuse(logicalId, place),
    exported: () => undefined,
    include: () => undefined,
    secret: () => undefined,
  };
  const condition = createConditions(template.conditions, scope);
  for (const { key, place } of template.conditions) condition(key, place);
  return { ...scope, condition };
}
