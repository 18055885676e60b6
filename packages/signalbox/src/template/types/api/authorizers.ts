import type { RouteAuthorizer } from '../../api/authorizer.ts';
import { type Node, textOf, valueAt } from '../../document/node.ts';
import { functionNameOf } from '../lambda/event-source-mapping.ts';

/** Who is admitted to an operation of an API. */
export interface OperationAccess {
  readonly authorizer: RouteAuthorizer;
  /** Whether the request needs a key of the API. */
  readonly needsKey: boolean;
}

const OPEN: OperationAccess = { authorizer: 'NONE', needsKey: false };

/**
 * Reads who is admitted to an operation of an OpenAPI document, with API Gateway's extensions.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
export function operationAccess(body: Node | undefined, operation: Node): OperationAccess {
  const security = valueAt(operation, 'security') ?? valueAt(body, 'security');
  const requirements = security?.kind === 'list' ? security.items : [];
  return requirements
    .flatMap((requirement) => (requirement.kind === 'map' ? requirement.entries : []))
    .map(({ key, value }) => accessBy(schemeNamed(body, key), key, textsOf(value)))
    .reduce(both, OPEN);
}

function both(one: OperationAccess, other: OperationAccess): OperationAccess {
  return {
    authorizer: one.authorizer === 'NONE' ? other.authorizer : one.authorizer,
    needsKey: one.needsKey || other.needsKey,
  };
}

function schemeNamed(body: Node | undefined, name: string): Node | undefined {
  const schemes = valueAt(valueAt(body, 'components'), 'securitySchemes');
  return valueAt(schemes, name) ?? valueAt(valueAt(body, 'securityDefinitions'), name);
}

function accessBy(
  scheme: Node | undefined,
  name: string,
  scopes: readonly string[],
): OperationAccess {
  const kind = textOf(valueAt(scheme, 'x-amazon-apigateway-authtype'))?.toLowerCase();
  if (name === 'AWS_IAM' || kind === 'awssigv4') return { ...OPEN, authorizer: 'AWS_IAM' };
  const authorizer = valueAt(scheme, 'x-amazon-apigateway-authorizer');
  if (authorizer !== undefined) {
    const header = textOf(valueAt(scheme, 'name'));
    return { ...OPEN, authorizer: authorizerOf(authorizer, OPEN_API, { name, scopes, header }) };
  }
  const isKey = textOf(valueAt(scheme, 'name'))?.toLowerCase() === 'x-api-key';
  return { ...OPEN, needsKey: isKey };
}

/** The names of an authorizer's members, in OpenAPI, and in the resources of both kinds of API. */
export interface AuthorizerNames {
  readonly type: string;
  readonly uri: string;
  readonly format: string;
  readonly simple: string;
  readonly sources: string;
  readonly validation: string;
  readonly jwt: string;
  readonly issuer: string;
  readonly audience: string;
  readonly pools: string;
}

const OPEN_API: AuthorizerNames = {
  type: 'type',
  uri: 'authorizerUri',
  format: 'authorizerPayloadFormatVersion',
  simple: 'enableSimpleResponses',
  sources: 'identitySource',
  validation: 'identityValidationExpression',
  jwt: 'jwtConfiguration',
  issuer: 'issuer',
  audience: 'audience',
  pools: 'providerARNs',
};

/** The names in `AWS::ApiGateway::Authorizer` and `AWS::ApiGatewayV2::Authorizer`. */
export const RESOURCE: AuthorizerNames = {
  type: 'Type',
  uri: 'AuthorizerUri',
  format: 'AuthorizerPayloadFormatVersion',
  simple: 'EnableSimpleResponses',
  sources: 'IdentitySource',
  validation: 'IdentityValidationExpression',
  jwt: 'JwtConfiguration',
  issuer: 'Issuer',
  audience: 'Audience',
  pools: 'ProviderARNs',
};

/** What is said of an authorizer beside its own members. */
export interface AuthorizerUse {
  readonly name: string;
  /** The scopes of the route. */
  readonly scopes: readonly string[];
  /** The header of the token, where the document says so elsewhere. */
  readonly header?: string | undefined;
}

/** Reads an authorizer. */
export function authorizerOf(
  node: Node,
  names: AuthorizerNames,
  { name, scopes, header = 'Authorization' }: AuthorizerUse,
): RouteAuthorizer {
  const type = (textOf(valueAt(node, names.type)) ?? '').toUpperCase();
  const sources = sourcesOf(valueAt(node, names.sources));
  const uri = textOf(valueAt(node, names.uri)) ?? '';
  const functionArn = /functions\/(.+)\/invocations$/.exec(uri)?.[1];
  if ((type === 'TOKEN' || type === 'REQUEST') && functionArn !== undefined) {
    return {
      kind: 'lambda',
      name,
      functionName: functionNameOf(functionArn),
      asks: type,
      payloadFormat: textOf(valueAt(node, names.format)) === '2.0' ? '2.0' : '1.0',
      givesSimpleResponses: textOf(valueAt(node, names.simple)) === 'true',
      identitySources: type === 'TOKEN' && sources.length === 0 ? [`header.${header}`] : sources,
      validation: textOf(valueAt(node, names.validation)),
    };
  }
  const [identitySource = `header.${header}`] = sources;
  const claims = { kind: 'jwt', name, scopes, identitySource } as const;
  if (type === 'JWT') {
    const jwt = valueAt(node, names.jwt);
    const whole = textOf(valueAt(jwt, names.issuer)) ?? '';
    return { ...claims, issuer: { whole }, audience: textsOf(valueAt(jwt, names.audience)) };
  }
  if (type === 'COGNITO_USER_POOLS') {
    const arns = textsOf(valueAt(node, names.pools));
    const end = arns.map((arn) => arn.split('/').at(-1) ?? arn);
    return { ...claims, issuer: { end }, audience: [] };
  }
  return { kind: 'other', name, type: type === '' ? 'unknown' : type };
}

/** `method.request.header.Auth` and `$request.header.Auth` are both `header.Auth`; several are one text, or a list. */
function sourcesOf(node: Node | undefined): readonly string[] {
  const texts = textsOf(node).flatMap((text) => text.split(','));
  return texts
    .map((text) => text.trim().replace(/^\$?(method\.)?(request\.)?/, ''))
    .filter((text) => text !== '');
}

function textsOf(node: Node | undefined): readonly string[] {
  const items = node?.kind === 'list' ? node.items : [node];
  return items.flatMap((item) => textOf(item) ?? []);
}
