import type { Json } from '../../core/json.ts';
import { mapNode, type Node, type NodePlace, nodeOf, textNode } from '../document/node.ts';
import type { Resource } from '../sections.ts';

/** Properties of a generated resource; undefined ones are left out. */
export type Properties = Readonly<Record<string, Node | undefined>>;

/** Makes a resource that SAM generates for another, whose condition it shares. */
export function generate(
  from: Resource,
  logicalId: string,
  type: string,
  properties: Properties,
  place: NodePlace = from.place,
): Resource {
  return {
    logicalId,
    type,
    condition: from.condition,
    properties: mapNode(properties, place),
    metadata: undefined,
    dependsOn: undefined,
    ignoreGlobals: undefined,
    connectors: undefined,
    place,
    typePlace: place,
  };
}

/** Writes `!Ref name`. */
export function refNode(name: string, place: NodePlace): Node {
  return mapNode({ Ref: textNode(name, place) }, place);
}

/** Writes `!GetAtt logicalId.attribute`. */
export function getAttNode(logicalId: string, attribute: string, place: NodePlace): Node {
  return mapNode({ 'Fn::GetAtt': nodeOf([logicalId, attribute], place) }, place);
}

/** Writes a policy document of one statement that allows actions on a resource. */
export function allowDocument(
  actions: readonly string[],
  resource: Node,
  place: NodePlace,
  more: Properties = {},
): Node {
  const statement = mapNode(
    {
      Effect: textNode('Allow', place),
      Action: nodeOf(actions, place),
      Resource: resource,
      ...more,
    },
    place,
  );
  return mapNode(
    {
      Version: textNode('2012-10-17', place),
      Statement: { kind: 'list', items: [statement], place },
    },
    place,
  );
}

/** Writes the trust policy that lets a service assume a role. */
export function trustOf(service: string, place: NodePlace): Node {
  const json: Json = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { Service: [service] } }],
  };
  return nodeOf(json, place);
}

/** Writes a role's named inline policy. */
export function inlinePolicy(name: string, document: Node, place: NodePlace): Node {
  return mapNode({ PolicyName: textNode(name, place), PolicyDocument: document }, place);
}
