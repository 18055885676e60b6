import { nearest } from '../../core/nearest.ts';
import type { MapEntry, MapNode, Node, ScalarNode } from '../document/node.ts';
import { type Intrinsic, isIntrinsic } from '../document/tags.ts';
import { refuse } from './arguments.ts';
import { branchOf, findInMap, getAzs, ifElse, length, select } from './choice.ts';
import { cidr } from './cidr.ts';
import { importValue, transform, withDynamicReferences } from './elsewhere.ts';
import { getAtt, ref } from './references.ts';
import type { Call, IntrinsicFunction, TemplateScope } from './scope.ts';
import { base64, join, split, sub, toJsonString } from './text.ts';

const inConditionsOnly: IntrinsicFunction = (call) =>
  refuse(call, 'is for the Conditions section only: name the condition and use Fn::If');

const FUNCTIONS: Readonly<Record<Exclude<Intrinsic, 'Condition'>, IntrinsicFunction>> = {
  Ref: ref,
  'Fn::And': inConditionsOnly,
  'Fn::Base64': base64,
  'Fn::Cidr': cidr,
  'Fn::Equals': inConditionsOnly,
  'Fn::FindInMap': findInMap,
  'Fn::GetAtt': getAtt,
  'Fn::GetAZs': getAzs,
  'Fn::If': ifElse,
  'Fn::ImportValue': importValue,
  'Fn::Join': join,
  'Fn::Length': length,
  'Fn::Not': inConditionsOnly,
  'Fn::Or': inConditionsOnly,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::Sub': sub,
  'Fn::ToJsonString': toJsonString,
  'Fn::Transform': transform,
};

/**
 * Evaluates every function in a value; undefined means `AWS::NoValue`.
 * See the AWS CloudFormation User Guide, "Intrinsic function reference".
 */
export function resolve(node: Node, scope: TemplateScope): Node | undefined {
  if (node.kind === 'scalar') return plainText(node, scope);
  if (node.kind === 'broken') return node;
  if (node.kind === 'list') {
    return { ...node, items: node.items.flatMap((item) => resolve(item, scope) ?? []) };
  }
  const call = callOf(node, scope);
  if (call !== undefined && call.name !== 'Condition') {
    const value = evaluate(call);
    // AWS: dynamic references come last, so that a text that a function makes may have one.
    return value?.kind === 'scalar' ? plainText(value, scope) : value;
  }
  return { ...node, entries: entriesOf(node, (value) => resolve(value, scope)) };
}

/** Replaces each `Fn::If` by its branch and leaves every other function as it is. */
export function chooseBranches(node: Node, scope: TemplateScope): Node | undefined {
  if (node.kind === 'scalar' || node.kind === 'broken') return node;
  if (node.kind === 'list') {
    return { ...node, items: node.items.flatMap((item) => chooseBranches(item, scope) ?? []) };
  }
  const call = callOf(node, scope);
  if (call?.name === 'Ref' && isNoValue(call.argument)) return undefined;
  if (call?.name === 'Fn::If') {
    const branch = branchOf(call);
    return branch && chooseBranches(branch, scope);
  }
  return { ...node, entries: entriesOf(node, (value) => chooseBranches(value, scope)) };
}

/** Reads a map of one function name as a call. */
export function callOf(node: Node, scope: TemplateScope): Call | undefined {
  const [entry, second] = node.kind === 'map' ? node.entries : [];
  if (entry === undefined || second !== undefined) return undefined;
  if (!isIntrinsic(entry.key) && !entry.key.startsWith('Fn::')) return undefined;
  return {
    name: entry.key,
    argument: entry.value,
    place: node.place,
    scope,
    resolve: (part) => resolve(part, scope),
  };
}

function evaluate(call: Call): Node | undefined {
  if (isIntrinsic(call.name) && call.name !== 'Condition') return FUNCTIONS[call.name](call);
  const suggestion = nearest(call.name, Object.keys(FUNCTIONS));
  return refuse(
    call,
    `is no function that the rehearsal knows${suggestion === undefined ? '' : `: did you mean ${suggestion}?`}`,
  );
}

function entriesOf(node: MapNode, each: (value: Node) => Node | undefined): readonly MapEntry[] {
  return node.entries.flatMap((entry) => {
    const value = each(entry.value);
    return value === undefined ? [] : [{ ...entry, value }];
  });
}

function isNoValue(argument: Node): boolean {
  return argument.kind === 'scalar' && argument.value === 'AWS::NoValue';
}

function plainText(node: ScalarNode, scope: TemplateScope): Node {
  return node.text.includes('{{resolve:') ? withDynamicReferences(node.text, node, scope) : node;
}
