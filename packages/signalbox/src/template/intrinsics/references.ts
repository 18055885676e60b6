import { listNode, type Node, type NodePlace, textNode, textOf } from '../document/node.ts';
import { partitionOf, type Stack, stableUuid } from '../stack.ts';
import { broken, refuse, textPart } from './arguments.ts';
import type { Call, TemplateScope } from './scope.ts';

/** `Ref`: a parameter's value, a pseudo parameter's, or a resource's own reference. */
export function ref(call: Call): Node | undefined {
  const name = textOf(call.argument);
  if (name === undefined) return refuse(call, 'takes the name of a parameter or a resource');
  return refTo(call.scope, name, call.place);
}

/** Follows a name; undefined means `AWS::NoValue`. */
export function refTo(scope: TemplateScope, name: string, place: NodePlace): Node | undefined {
  if (name === 'AWS::NoValue') return undefined;
  const value = scope.parameters.get(name) ?? pseudoParameter(scope.stack, name, place);
  return value === undefined ? scope.ref(name, place) : { ...value, place };
}

/** `Fn::GetAtt`: `LogicalId.Attribute` or `[LogicalId, Attribute]`. */
export function getAtt(call: Call): Node {
  const { argument } = call;
  const text = textOf(argument);
  if (text?.includes('.')) {
    const dot = text.indexOf('.');
    return attributeOf(call.scope, text.slice(0, dot), text.slice(dot + 1), call.place);
  }
  const [logicalId, attribute] = argument.kind === 'list' ? argument.items : [];
  const name = textOf(logicalId);
  if (name === undefined || attribute === undefined) {
    return refuse(call, 'takes LogicalId.Attribute, or [LogicalId, Attribute]');
  }
  const attributeName = textPart(call, attribute, 'its attribute');
  if (attributeName === undefined) return broken(call);
  return attributeOf(call.scope, name, attributeName, call.place);
}

/** Follows an attribute of a resource. */
export function attributeOf(
  scope: TemplateScope,
  logicalId: string,
  attribute: string,
  place: NodePlace,
): Node {
  return scope.attribute(logicalId, attribute, place);
}

/** CloudFormation's pseudo parameters. */
export const PSEUDO_PARAMETERS = [
  'AWS::AccountId',
  'AWS::NoValue',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
] as const;

function pseudoParameter(stack: Stack, name: string, place: NodePlace): Node | undefined {
  if (name === 'AWS::NotificationARNs') return listNode([], place);
  const text = pseudoText(stack, name);
  return text === undefined ? undefined : textNode(text, place);
}

function pseudoText(stack: Stack, name: string): string | undefined {
  switch (name) {
    case 'AWS::AccountId':
      return stack.accountId;
    case 'AWS::Partition':
      return partitionOf(stack.region);
    case 'AWS::Region':
      return stack.region;
    case 'AWS::StackId':
      return stackIdOf(stack);
    case 'AWS::StackName':
      return stack.stackName;
    case 'AWS::URLSuffix':
      return stack.region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    default:
      return undefined;
  }
}

/** The stack's own ARN. */
export function stackIdOf(stack: Stack): string {
  const { region, accountId, stackName } = stack;
  return `arn:${partitionOf(region)}:cloudformation:${region}:${accountId}:stack/${stackName}/${stableUuid(stack, 'stack')}`;
}
