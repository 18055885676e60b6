import { type MapEntry, type Node, textOf, valueAt } from './document/node.ts';
import { truthOf } from './intrinsics/conditions.ts';
import type { TemplateScope } from './intrinsics/scope.ts';

const FIELDS = ['RuleCondition', 'Assertions'];
const ASSERTION_FIELDS = ['Assert', 'AssertDescription'];

/**
 * Holds the parameters to the Rules section, as CloudFormation does before it makes anything:
 * an assertion that is false is reported with its description.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
 */
export function checkRules(rules: readonly MapEntry[], scope: TemplateScope): void {
  for (const rule of rules) {
    refuseOthers(rule.value, FIELDS, `Rule ${rule.key}`, scope);
    const condition = valueAt(rule.value, 'RuleCondition');
    if (condition !== undefined && truthOf(condition, scope) !== true) continue;
    for (const assertion of assertionsOf(rule, scope)) checkAssertion(rule, assertion, scope);
  }
}

function assertionsOf({ key, place, value }: MapEntry, { report }: TemplateScope): readonly Node[] {
  const assertions = valueAt(value, 'Assertions');
  if (assertions?.kind === 'list' && assertions.items.length > 0) return assertions.items;
  if (assertions?.kind !== 'broken') report.at(place, `Rule ${key} needs a list of Assertions`);
  return [];
}

function checkAssertion({ key }: MapEntry, assertion: Node, scope: TemplateScope): void {
  refuseOthers(assertion, ASSERTION_FIELDS, `An assertion of rule ${key}`, scope);
  const assert = valueAt(assertion, 'Assert');
  if (assert === undefined) {
    scope.report.at(assertion.place, `An assertion of rule ${key} needs Assert`);
    return;
  }
  if (truthOf(assert, scope) !== false) return;
  const why = textOf(valueAt(assertion, 'AssertDescription')) ?? 'an assertion is false';
  scope.report.at(assertion.place, `Rule ${key}: ${why}`);
}

function refuseOthers(
  node: Node,
  fields: readonly string[],
  name: string,
  { report }: TemplateScope,
): void {
  if (node.kind !== 'map') {
    if (node.kind !== 'broken') report.at(node.place, `${name} is a map`);
    return;
  }
  for (const { key, place } of node.entries) {
    if (!fields.includes(key)) report.unknown(place, `${name} has no ${key}`, key, fields);
  }
}
