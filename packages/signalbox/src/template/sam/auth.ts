import { checkKeys } from '../check-keys.ts';
import {
  listNode,
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

/** SAM's authorizers of one kind of API, and the words of their Identity. */
export interface AuthWords {
  /** `$request` or `method.request`: before the name of an identity source. */
  readonly request: string;
  readonly stageVariables: string;
  readonly context: string;
}

/** The words of HTTP APIs. */
export const HTTP: AuthWords = {
  request: '$request',
  stageVariables: '$stageVariables',
  context: '$context',
};

/** The words of REST APIs. */
export const REST: AuthWords = {
  request: 'method.request',
  stageVariables: 'stageVariables',
  context: 'context',
};

const AUTHORIZER_KEYS = [
  'AuthorizationScopes',
  'AuthorizerPayloadFormatVersion',
  'DisableFunctionDefaultPermissions',
  'EnableFunctionDefaultPermissions',
  'EnableSimpleResponses',
  'FunctionArn',
  'FunctionInvokeRole',
  'FunctionPayloadType',
  'Identity',
  'IdentitySource',
  'JwtConfiguration',
  'UserPoolArn',
];

/** The entries of `Authorizers`. */
export function authorizersIn(auth: Node | undefined): readonly MapEntry[] {
  const authorizers = valueAt(auth, 'Authorizers');
  return authorizers?.kind === 'map' ? authorizers.entries : [];
}

/**
 * Writes the authorizers of an API as the security schemes that SAM writes of them.
 * @param auth The `Auth` of the API.
 * @returns A map of schemes by name.
 */
export function securitySchemes(
  what: string,
  auth: Node | undefined,
  words: AuthWords,
  report: Report,
): Readonly<Record<string, Node>> {
  const schemes = authorizersIn(auth).map(({ key, value, place }): [string, Node] => {
    checkKeys(value, { what: `${what} Authorizer ${key}`, known: AUTHORIZER_KEYS }, report);
    const authorizer = authorizerNode(value, words, place);
    if (authorizer === undefined) {
      report.at(
        place,
        `${what}: Authorizer ${key} needs a FunctionArn, a UserPoolArn or a JwtConfiguration`,
      );
    }
    const header = textOf(valueAt(valueAt(value, 'Identity'), 'Header')) ?? 'Authorization';
    const scheme = {
      type: textNode('apiKey', place),
      name: textNode(header, place),
      in: textNode('header', place),
      'x-amazon-apigateway-authorizer': authorizer,
    };
    return [key, mapNode(scheme, place)];
  });
  return Object.fromEntries(schemes);
}

function authorizerNode(value: Node, words: AuthWords, place: NodePlace): Node | undefined {
  const functionArn = valueAt(value, 'FunctionArn');
  const pool = valueAt(value, 'UserPoolArn');
  const jwt = valueAt(value, 'JwtConfiguration');
  const text = (one: string): Node => textNode(one, place);
  if (functionArn !== undefined) {
    const identity = valueAt(value, 'Identity');
    const isHttp = words === HTTP;
    const asks = textOf(valueAt(value, 'FunctionPayloadType')) ?? (isHttp ? 'REQUEST' : 'TOKEN');
    const isToken = asks.toUpperCase() === 'TOKEN';
    const sources = identitySources(identity, words);
    return mapNode(
      {
        type: text(asks.toLowerCase()),
        authorizerUri: invocationUri(functionArn, place),
        authorizerPayloadFormatVersion: valueAt(value, 'AuthorizerPayloadFormatVersion'),
        enableSimpleResponses: valueAt(value, 'EnableSimpleResponses'),
        identitySource: isToken || sources.length === 0 ? undefined : nodeOf([...sources], place),
        identityValidationExpression: valueAt(identity, 'ValidationExpression'),
      },
      place,
    );
  }
  if (pool !== undefined) {
    const providerARNs = pool.kind === 'list' ? pool : listNode([pool], place);
    return mapNode({ type: text('cognito_user_pools'), providerARNs }, place);
  }
  if (jwt === undefined) return undefined;
  const identitySource = valueAt(value, 'IdentitySource');
  return mapNode({ type: text('jwt'), jwtConfiguration: jwt, identitySource }, place);
}

function identitySources(identity: Node | undefined, words: AuthWords): readonly string[] {
  const named = (property: string, before: string): readonly string[] => {
    const names = valueAt(identity, property);
    const items = names?.kind === 'list' ? names.items : [];
    return items.flatMap((item) => textOf(item) ?? []).map((name) => `${before}.${name}`);
  };
  return [
    ...named('Headers', `${words.request}.header`),
    ...named('QueryStrings', `${words.request}.querystring`),
    ...named('StageVariables', words.stageVariables),
    ...named('Context', words.context),
  ];
}

function invocationUri(functionArn: Node, place: NodePlace): Node {
  const text =
    'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${FunctionArn}/invocations';
  const variables = mapNode({ FunctionArn: functionArn }, place);
  return mapNode({ 'Fn::Sub': listNode([textNode(text, place), variables], place) }, place);
}

/** What an event or an API says of who is admitted. */
export interface RouteAuth {
  /** The `Auth` of the event. */
  readonly event: Node | undefined;
  /** The `Auth` of the API. */
  readonly api: Node | undefined;
  readonly place: NodePlace;
}

/** The name of the authorizer of a route: its own, or the default of the API. */
export function authorizerName({ event, api }: RouteAuth): string {
  return (
    textOf(valueAt(event, 'Authorizer')) ?? textOf(valueAt(api, 'DefaultAuthorizer')) ?? 'NONE'
  );
}

/** Writes `security` of a route; undefined where anybody is admitted. */
export function securityOf(route: RouteAuth): Node | undefined {
  const { event, api, place } = route;
  const name = authorizerName(route);
  const authorizer = authorizersIn(api).find(({ key }) => key === name)?.value;
  const scopes =
    valueAt(event, 'AuthorizationScopes') ?? valueAt(authorizer, 'AuthorizationScopes');
  const keyed = valueAt(event, 'ApiKeyRequired') ?? valueAt(api, 'ApiKeyRequired');
  const requirements = [
    ...(name === 'NONE' ? [] : [mapNode({ [name]: scopes ?? listNode([], place) }, place)]),
    ...(textOf(keyed) === 'true' ? [mapNode({ api_key: listNode([], place) }, place)] : []),
  ];
  return requirements.length === 0 ? undefined : listNode(requirements, place);
}

/** The scheme of keys, as SAM writes it. */
export function keyScheme(place: NodePlace): Node {
  return nodeOf({ type: 'apiKey', name: 'x-api-key', in: 'header' }, place);
}

/** Refuses the name of an authorizer that the API does not have. */
export function checkAuthorizerName(
  what: string,
  route: RouteAuth,
  builtIn: readonly string[],
  report: Report,
): void {
  const name = authorizerName(route);
  const own = authorizersIn(route.api).map(({ key }) => key);
  const known = [...own, ...builtIn];
  if (known.includes(name)) return;
  const node = valueAt(route.event, 'Authorizer') ?? valueAt(route.api, 'DefaultAuthorizer');
  const message = `${what}: the API has no Authorizer ${name}`;
  report.unknown(node?.place ?? route.place, message, name, known);
}
