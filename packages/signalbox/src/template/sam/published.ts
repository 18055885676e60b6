import { type Node, type NodePlace, textNode, textOf, valueAt } from '../document/node.ts';
import type { Resource } from '../sections.ts';
import { generate, getAttNode, refNode } from './generate.ts';

/** SAM publishes a version at each deployment, and an alias that leads to it. */
export function publishedAlias(owner: Resource): readonly Resource[] {
  const { logicalId, properties } = owner;
  const name = valueAt(properties, 'AutoPublishAlias');
  const aliasId = aliasIdOf(owner);
  if (name === undefined || aliasId === undefined) return [];
  const { place } = name;
  const functionName = refNode(logicalId, place);
  const version = generate(owner, `${logicalId}Version`, 'AWS::Lambda::Version', {
    FunctionName: functionName,
  });
  const alias = generate(owner, aliasId, 'AWS::Lambda::Alias', {
    FunctionName: functionName,
    Name: name,
    FunctionVersion: getAttNode(version.logicalId, 'Version', place),
  });
  return [version, alias];
}

/** The ARN by which a function's events call it: its alias's, where SAM publishes one. */
export function calledArn(owner: Resource, place: NodePlace): Node {
  const aliasId = aliasIdOf(owner);
  return aliasId === undefined
    ? getAttNode(owner.logicalId, 'Arn', place)
    : refNode(aliasId, place);
}

/** The same for whoever takes a name too. */
export function calledName(owner: Resource, place: NodePlace): Node {
  return refNode(aliasIdOf(owner) ?? owner.logicalId, place);
}

/** The ARN in a text of `Fn::Sub`. */
export function calledInSub(owner: Resource): string {
  const aliasId = aliasIdOf(owner);
  return aliasId === undefined ? `\${${owner.logicalId}.Arn}` : `\${${aliasId}}`;
}

/** What asynchronous calls are configured for: the alias, or the code as it is. */
export function calledQualifier({ properties }: Resource, place: NodePlace): Node {
  return valueAt(properties, 'AutoPublishAlias') ?? textNode('$LATEST', place);
}

function aliasIdOf({ logicalId, properties }: Resource): string | undefined {
  const name = valueAt(properties, 'AutoPublishAlias');
  return name === undefined ? undefined : `${logicalId}Alias${textOf(name) ?? ''}`;
}
