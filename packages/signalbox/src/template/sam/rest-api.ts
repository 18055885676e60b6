import { checkKeys } from '../check-keys.ts';
import {
  type MapNode,
  mapNode,
  type Node,
  type NodePlace,
  textNode,
  textOf,
  valueAt,
} from '../document/node.ts';
import { isIntrinsic } from '../document/tags.ts';
import type { Resource } from '../sections.ts';
import { checkAuthorizerName, keyScheme, REST, securityOf, securitySchemes } from './auth.ts';
import type { Expanding, RestRoute } from './expanding.ts';
import { generate, refNode } from './generate.ts';

/** The type of SAM's REST APIs. */
export const REST_API = 'AWS::Serverless::Api';

/** The API that SAM makes for Api events that name none. */
const IMPLICIT = 'ServerlessRestApi';

const KNOWN = [
  'AccessLogSetting',
  'AlwaysDeploy',
  'ApiKeySourceType',
  'Auth',
  'BinaryMediaTypes',
  'CacheClusterEnabled',
  'CacheClusterSize',
  'CanarySetting',
  'Cors',
  'DefinitionBody',
  'DefinitionUri',
  'Description',
  'EndpointConfiguration',
  'FailOnWarnings',
  'MergeDefinitions',
  'MethodSettings',
  'MinimumCompressionSize',
  'Mode',
  'Name',
  'OpenApiVersion',
  'PropagateTags',
  'StageName',
  'Tags',
  'TracingEnabled',
];

const AUTH_KEYS = [
  'AddApiKeyRequiredToCorsPreflight',
  'AddDefaultAuthorizerToCorsPreflight',
  'ApiKeyRequired',
  'Authorizers',
  'DefaultAuthorizer',
  'InvokeRole',
  'UsagePlan',
];

const REFUSED: Readonly<Record<string, string>> = {
  Domain: 'it serves loopback only: give the domain a stack of its own',
  GatewayResponses: "it answers in API Gateway's own words",
  Models: 'it checks no bodies against models',
  Policy: 'it checks no resource policies of APIs',
  Variables: 'pass the values in the environment of the functions',
};

/** Expands `AWS::Serverless::Api` to the API, with the routes of its events, its deployment and its stage. */
export function expandRestApi(
  resource: Resource,
  routes: readonly RestRoute[],
  { report }: Expanding,
): readonly Resource[] {
  const { logicalId, properties, place } = resource;
  const what = `${REST_API} ${logicalId}`;
  checkKeys(properties, { what, known: KNOWN, refused: REFUSED }, report);
  const auth = valueAt(properties, 'Auth');
  const refused = { ResourcePolicy: 'it checks no resource policies of APIs' };
  checkKeys(auth, { what: `${what} Auth`, known: AUTH_KEYS, refused }, report);
  for (const { owner, auth: event, place: at } of routes) {
    const route = { event, api: auth, place: at };
    checkAuthorizerName(owner.logicalId, route, ['NONE', 'AWS_IAM'], report);
  }
  const schemes = securitySchemes(what, auth, REST, report);
  const stageName = valueAt(properties, 'StageName') ?? textNode('Prod', place);
  const deploymentId = `${logicalId}Deployment`;
  return [
    generate(resource, logicalId, 'AWS::ApiGateway::RestApi', {
      Name: valueAt(properties, 'Name'),
      Body: bodyOf(valueAt(properties, 'DefinitionBody'), routes, { auth, schemes, place }),
      BodyS3Location: valueAt(properties, 'DefinitionUri'),
    }),
    generate(resource, deploymentId, 'AWS::ApiGateway::Deployment', {
      RestApiId: refNode(logicalId, place),
    }),
    generate(resource, stageIdOf(logicalId, stageName), 'AWS::ApiGateway::Stage', {
      RestApiId: refNode(logicalId, place),
      DeploymentId: refNode(deploymentId, place),
      StageName: stageName,
    }),
  ];
}

/** SAM names the stage's resource by the stage, and by its parameter where it has one. */
function stageIdOf(logicalId: string, stageName: Node): string {
  const name = textOf(stageName) ?? textOf(valueAt(stageName, 'Ref')) ?? '';
  return `${logicalId}${name.replace(/[^A-Za-z0-9]/g, '')}Stage`;
}

/** The API of Api events that name none, before Globals are merged into it. */
export function implicitRestApi(place: NodePlace): Resource {
  return {
    logicalId: IMPLICIT,
    type: REST_API,
    condition: undefined,
    properties: { kind: 'map', entries: [], place },
    metadata: undefined,
    dependsOn: undefined,
    ignoreGlobals: undefined,
    connectors: undefined,
    place,
    typePlace: place,
  };
}

/** Who is admitted to an API, in SAM's words and as schemes of its document. */
interface Security {
  readonly auth: Node | undefined;
  readonly schemes: Readonly<Record<string, Node>>;
  readonly place: NodePlace;
}

/** The document with the routes of events in it; a document that a function of CloudFormation gives stays as it is. */
function bodyOf(
  document: Node | undefined,
  routes: readonly RestRoute[],
  { auth, schemes, place }: Security,
): Node | undefined {
  if (document !== undefined && (document.kind !== 'map' || isCall(document))) return document;
  if (document === undefined && routes.length === 0) return undefined;
  const paths = new Map<string, Record<string, Node>>();
  for (const { path, method, integration, auth: event } of routes) {
    const methods = paths.get(path) ?? {};
    const name = method === 'any' ? 'x-amazon-apigateway-any-method' : method;
    const security = securityOf({ event, api: auth, place });
    methods[name] = mapNode({ 'x-amazon-apigateway-integration': integration, security }, place);
    paths.set(path, methods);
  }
  const own = Object.fromEntries(
    [...paths].map(([path, methods]) => [path, mapNode(methods, place)]),
  );
  const base = document ?? mapNode({ swagger: textNode('2.0', place) }, place);
  const securityDefinitions = mapNode({ ...schemes, api_key: keyScheme(place) }, place);
  return merged(base, mapNode({ paths: mapNode(own, place), securityDefinitions }, place));
}

function isCall({ entries }: MapNode): boolean {
  return entries.length === 1 && isIntrinsic(entries[0]?.key ?? '');
}

/** Puts the entries of `more` into a map, at any depth; what is there stays. */
function merged(map: Node, more: Node): Node {
  if (map.kind !== 'map' || more.kind !== 'map') return map;
  const extra = more.entries.filter(({ key }) => valueAt(map, key) === undefined);
  const entries = map.entries.map((entry) => {
    const other = valueAt(more, entry.key);
    return other === undefined ? entry : { ...entry, value: merged(entry.value, other) };
  });
  return { ...map, entries: [...entries, ...extra] };
}
