import { checkKeys } from '../check-keys.ts';
import {
  type MapEntry,
  mapNode,
  type Node,
  type NodePlace,
  nodeOf,
  textNode,
  textOf,
  valueAt,
} from '../document/node.ts';
import type { Report } from '../report.ts';
import type { Resource } from '../sections.ts';
import type { RestRoute } from './expanding.ts';
import { calledInSub } from './published.ts';

const KNOWN = [
  'Auth',
  'Method',
  'Path',
  'RequestParameters',
  'ResponseTransferMode',
  'RestApiId',
  'TimeoutInMillis',
];

const AUTH_KEYS = [
  'ApiKeyRequired',
  'AuthorizationScopes',
  'Authorizer',
  'InvokeRole',
  'OverrideApiAuth',
];

const REFUSED: Readonly<Record<string, string>> = {
  RequestModel: 'it checks no bodies against models',
};

const METHODS = ['any', 'delete', 'get', 'head', 'options', 'patch', 'post', 'put'];

/** Reads an event of type Api as a route of a REST API. */
export function restRoute(
  owner: Resource,
  event: MapEntry,
  integration: Node,
  report: Report,
  more: readonly string[] = [],
): RestRoute {
  const { place } = event;
  const properties = valueAt(event.value, 'Properties');
  const what = `${owner.logicalId} event ${event.key}`;
  checkKeys(properties, { what, known: [...KNOWN, ...more], refused: REFUSED }, report);
  const path = textOf(valueAt(properties, 'Path'));
  const method = textOf(valueAt(properties, 'Method'))?.toLowerCase();
  if (path === undefined || method === undefined)
    report.at(place, `${what} needs a Path and a Method`);
  if (method !== undefined && !METHODS.includes(method)) {
    report.at(place, `${what}: ${method} is no HTTP method`);
  }
  const api = valueAt(properties, 'RestApiId');
  const apiId = textOf(valueAt(api, 'Ref')) ?? textOf(api);
  const auth = valueAt(properties, 'Auth');
  const refused = { ResourcePolicy: 'it checks no resource policies of APIs' };
  checkKeys(auth, { what: `${what} Auth`, known: AUTH_KEYS, refused }, report);
  return { apiId, path: path ?? '/', method: method ?? 'any', integration, auth, owner, place };
}

/** The integration of a function, as SAM writes it. */
export function lambdaIntegration(owner: Resource, place: NodePlace): Node {
  const uri = `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/${calledInSub(owner)}/invocations`;
  return mapNode(
    {
      type: textNode('aws_proxy', place),
      httpMethod: textNode('POST', place),
      uri: mapNode({ 'Fn::Sub': textNode(uri, place) }, place),
    },
    place,
  );
}

/** The integration that starts an execution with the request's body as its input, as SAM writes it. */
export function executionIntegration({ logicalId }: Resource, event: MapEntry): Node {
  const { place } = event;
  const unescapes = textOf(valueAt(valueAt(event.value, 'Properties'), 'UnescapeMappingTemplate'));
  const json = "$util.escapeJavaScript($input.json('$'))";
  const input = unescapes === 'true' ? `${json}.replaceAll("\\\\'","'")` : json;
  const template = `{"input": "${input}", "stateMachineArn": "\${${logicalId}}"}`;
  const uri = 'arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution';
  const sub = (text: string): Node => mapNode({ 'Fn::Sub': textNode(text, place) }, place);
  return mapNode(
    {
      type: textNode('aws', place),
      httpMethod: textNode('POST', place),
      uri: sub(uri),
      requestTemplates: mapNode({ 'application/json': sub(template) }, place),
      responses: nodeOf({ '200': { statusCode: '200' }, '400': { statusCode: '400' } }, place),
    },
    place,
  );
}
