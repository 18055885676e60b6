import { type MapEntry, type Node, textNode } from '../document/node.ts';
import type { Resource } from '../sections.ts';
import type { BucketEvent, HttpRoute, RestRoute } from './expanding.ts';
import { generate } from './generate.ts';
import { calledName } from './published.ts';

/** The resources that an event of a function expands to. */
export interface FunctionEvent {
  readonly resources: readonly Resource[];
  readonly routes: readonly HttpRoute[];
  readonly restRoutes: readonly RestRoute[];
  readonly bucketEvents: readonly BucketEvent[];
  /** Names of AWS managed policies that the function's role needs for it. */
  readonly managed: readonly string[];
}

/** An event that expands to nothing. */
export const NOTHING: FunctionEvent = {
  resources: [],
  routes: [],
  restRoutes: [],
  bucketEvents: [],
  managed: [],
};

/** Generates the permission for a service to invoke the function. */
export function permission(
  owner: Resource,
  event: MapEntry,
  principal: string,
  sourceArn: Node | undefined,
): Resource {
  const { place } = event;
  return generate(
    owner,
    `${owner.logicalId}${event.key}Permission`,
    'AWS::Lambda::Permission',
    {
      Action: textNode('lambda:InvokeFunction', place),
      FunctionName: calledName(owner, place),
      Principal: textNode(principal, place),
      SourceArn: sourceArn,
    },
    place,
  );
}
