import { type MapEntry, type Node, textOf } from './document/node.ts';
import { reportUnknownResource } from './identities.ts';
import { reportUnknownCondition } from './intrinsics/conditions.ts';
import { PSEUDO_PARAMETERS } from './intrinsics/references.ts';
import { parseSubText } from './intrinsics/sub-text.ts';
import type { Report } from './report.ts';
import { referredId } from './sam/referable.ts';
import type { Resource, Template } from './sections.ts';

/** The names that a template's references may lead to. */
export interface Names {
  readonly report: Report;
  readonly parameters: ReadonlyMap<string, Node>;
  /** Of the expanded template: those that SAM generates, too. */
  readonly logicalIds: ReadonlySet<string>;
  readonly conditions: readonly MapEntry[];
}

/**
 * Checks that every reference of the template leads somewhere: CloudFormation refuses a template for
 * one also where a condition leaves it out.
 */
export function checkReferences(template: Template, names: Names): void {
  for (const resource of template.resources) checkResource(resource, names);
  for (const output of template.outputs) {
    checkNode(output.value, names);
    checkConditionName(output.value, names);
  }
}

function checkResource(resource: Resource, names: Names): void {
  checkNode(resource.properties, names);
  if (resource.condition !== undefined) {
    checkCondition(resource.condition, resource.place, names);
  }
  const { dependsOn } = resource;
  const items = dependsOn?.kind === 'list' ? dependsOn.items : [dependsOn];
  for (const item of items) {
    const name = textOf(item);
    if (item === undefined || (name !== undefined && names.logicalIds.has(name))) continue;
    const message = `DependsOn names ${name ?? 'no logical id'}, which is no resource of this template`;
    names.report.unknown(item.place, message, name ?? '', [...names.logicalIds]);
  }
}

function checkConditionName(output: Node, names: Names): void {
  const entry = output.kind === 'map' && output.entries.find(({ key }) => key === 'Condition');
  const name = entry ? textOf(entry.value) : undefined;
  if (entry && name !== undefined) checkCondition(name, entry.place, names);
}

function checkCondition(name: string, place: Node['place'], names: Names): void {
  if (names.conditions.some(({ key }) => key === name)) return;
  reportUnknownCondition(names, name, place, names.conditions);
}

function checkNode(node: Node, names: Names): void {
  if (node.kind === 'list') {
    for (const item of node.items) checkNode(item, names);
    return;
  }
  if (node.kind !== 'map') return;
  const [entry] = node.entries;
  if (entry !== undefined && node.entries.length === 1) checkCall(node, entry, names);
  for (const { value } of node.entries) checkNode(value, names);
}

function checkCall(node: Node, { key, value }: MapEntry, names: Names): void {
  const { place } = node;
  const first = value.kind === 'list' ? value.items[0] : value;
  const name = textOf(first);
  if (name === undefined) return;
  if (key === 'Ref') checkName(name, place, names);
  if (key === 'Fn::GetAtt') checkLogicalId(name.split('.')[0] ?? '', place, names);
  if (key === 'Fn::If') checkCondition(name, place, names);
  if (key === 'Fn::Sub') checkSub(name, value, place, names);
}

function checkSub(text: string, argument: Node, place: Node['place'], names: Names): void {
  const variables = argument.kind === 'list' ? argument.items[1] : undefined;
  const given = variables?.kind === 'map' ? variables.entries.map(({ key }) => key) : [];
  for (const part of parseSubText(text)) {
    if ('literal' in part || given.includes(part.name)) continue;
    const [logicalId = '', attribute] = part.name.split('.');
    if (attribute === undefined) checkName(part.name, place, names);
    else checkLogicalId(logicalId, place, names);
  }
}

function checkName(name: string, place: Node['place'], names: Names): void {
  const isPseudo = PSEUDO_PARAMETERS.some((pseudo) => pseudo === name);
  if (isPseudo || names.parameters.has(name)) return;
  checkLogicalId(referredId(name, names.logicalIds), place, names);
}

function checkLogicalId(logicalId: string, place: Node['place'], names: Names): void {
  if (names.logicalIds.has(logicalId)) return;
  reportUnknownResource(names, logicalId, place, [...names.logicalIds]);
}
