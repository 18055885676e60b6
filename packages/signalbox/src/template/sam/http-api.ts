import { checkKeys } from '../check-keys.ts';
import { mapNode, type Node, type NodePlace, textNode, textOf, valueAt } from '../document/node.ts';
import type { Report } from '../report.ts';
import type { Resource } from '../sections.ts';
import { checkAuthorizerName, HTTP, securityOf, securitySchemes } from './auth.ts';
import type { Expanding, HttpRoute } from './expanding.ts';
import { generate, refNode } from './generate.ts';
import { calledInSub } from './published.ts';

/** The API that SAM makes for events that name none. */
const IMPLICIT = 'ServerlessHttpApi';

const KNOWN = [
  'AccessLogSettings',
  'Auth',
  'CorsConfiguration',
  'DefaultRouteSettings',
  'Description',
  'DisableExecuteApiEndpoint',
  'FailOnWarnings',
  'Name',
  'PropagateTags',
  'RouteSettings',
  'StageName',
  'Tags',
];

const REFUSED: Readonly<Record<string, string>> = {
  DefinitionBody: 'let the HttpApi events of the functions say the routes',
  DefinitionUri: 'let the HttpApi events of the functions say the routes',
  Domain: 'it serves loopback only: give the domain a stack of its own',
  StageVariables: 'pass the values in the environment of the functions',
};

/** Expands `AWS::Serverless::HttpApi` to the API, with the routes of its events, and its stage. */
export function expandHttpApi(
  resource: Resource,
  routes: readonly HttpRoute[],
  { report }: Expanding,
): readonly Resource[] {
  const { logicalId, properties } = resource;
  const what = `AWS::Serverless::HttpApi ${logicalId}`;
  checkKeys(properties, { what, known: KNOWN, refused: REFUSED }, report);
  checkAuthorizers(routes, what, valueAt(properties, 'Auth'), report);
  return apiAndStage(resource, routes, report);
}

const AUTH_KEYS = ['Authorizers', 'DefaultAuthorizer', 'EnableIamAuthorizer'];

/** SAM refuses an authorizer that the API does not enable, and NONE where there is nothing to lift. */
function checkAuthorizers(
  routes: readonly HttpRoute[],
  what: string,
  api: Node | undefined,
  report: Report,
): void {
  checkKeys(api, { what: `${what} Auth`, known: AUTH_KEYS }, report);
  const isEnabled = textOf(valueAt(api, 'EnableIamAuthorizer')) === 'true';
  const standard = valueAt(api, 'DefaultAuthorizer');
  if (standard !== undefined && textOf(standard) === 'AWS_IAM' && !isEnabled) {
    report.at(standard.place, 'DefaultAuthorizer AWS_IAM needs EnableIamAuthorizer: true');
  }
  for (const { auth, owner, place } of routes) {
    const own = textOf(valueAt(auth, 'Authorizer'));
    if (own === 'AWS_IAM' && !isEnabled) {
      const message = 'Authorizer AWS_IAM needs EnableIamAuthorizer: true in the Auth of the API';
      report.at(place, `${owner.logicalId}: ${message}`);
    }
    if (own === 'NONE' && standard === undefined) {
      const message = 'Authorizer NONE is for an API with a DefaultAuthorizer only: leave it out';
      report.at(place, `${owner.logicalId}: ${message}`);
    }
    checkAuthorizerName(owner.logicalId, { event: auth, api, place }, ['NONE', 'AWS_IAM'], report);
  }
}

/** The API of the events that name none, before Globals are merged into it. */
export function implicitHttpApi(place: NodePlace): Resource {
  return {
    logicalId: IMPLICIT,
    type: 'AWS::Serverless::HttpApi',
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

function apiAndStage(
  resource: Resource,
  routes: readonly HttpRoute[],
  report: Report,
): readonly Resource[] {
  const { logicalId, properties, place } = resource;
  checkRoutes(routes, report);
  const api = generate(resource, logicalId, 'AWS::ApiGatewayV2::Api', {
    Name: valueAt(properties, 'Name'),
    Body: bodyOf(routes, resource, report),
  });
  const stageName = valueAt(properties, 'StageName') ?? textNode('$default', place);
  const stage = generate(
    resource,
    stageId(logicalId, textOf(stageName)),
    'AWS::ApiGatewayV2::Stage',
    {
      ApiId: refNode(logicalId, place),
      StageName: stageName,
      AutoDeploy: { kind: 'scalar', value: true, text: 'true', place },
    },
  );
  return [api, stage];
}

function stageId(apiId: string, stageName: string | undefined): string {
  if (stageName === '$default') return `${apiId}ApiGatewayDefaultStage`;
  return `${apiId}${(stageName ?? '').replace(/[^A-Za-z0-9]/g, '')}Stage`;
}

function checkRoutes(routes: readonly HttpRoute[], report: Report): void {
  const taken = new Map<string, HttpRoute>();
  for (const route of routes) {
    const key = `${route.method.toUpperCase()} ${route.path}`;
    const other = taken.get(key);
    if (other !== undefined) {
      report.at(
        route.place,
        `${key} of ${route.owner.logicalId} is taken by ${other.owner.logicalId} already`,
      );
    }
    taken.set(key, route);
  }
}

/** The OpenAPI body, as far as it says which function serves which route, and who is admitted. */
function bodyOf(
  routes: readonly HttpRoute[],
  { place, properties, logicalId }: Resource,
  report: Report,
): Node {
  const api = valueAt(properties, 'Auth');
  const paths = new Map<string, Record<string, Node>>();
  for (const route of routes) {
    const methods = paths.get(route.path) ?? {};
    const name = route.method === 'any' ? 'x-amazon-apigateway-any-method' : route.method;
    methods[name] = mapNode(
      {
        'x-amazon-apigateway-integration': integrationOf(route),
        security: securityOf({ event: route.auth, api, place: route.place }),
      },
      route.place,
    );
    paths.set(route.path, methods);
  }
  const pathNodes = Object.fromEntries(
    [...paths].map(([path, methods]) => [path, mapNode(methods, place)]),
  );
  const schemes = securitySchemes(`AWS::Serverless::HttpApi ${logicalId}`, api, HTTP, report);
  return mapNode(
    {
      openapi: textNode('3.0.1', place),
      paths: mapNode(pathNodes, place),
      components: mapNode({ securitySchemes: mapNode(schemes, place) }, place),
    },
    place,
  );
}

function integrationOf({ owner, place }: HttpRoute): Node {
  const uri = `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/${calledInSub(owner)}/invocations`;
  return mapNode(
    {
      type: textNode('aws_proxy', place),
      httpMethod: textNode('POST', place),
      payloadFormatVersion: textNode('2.0', place),
      uri: mapNode({ 'Fn::Sub': textNode(uri, place) }, place),
    },
    place,
  );
}
