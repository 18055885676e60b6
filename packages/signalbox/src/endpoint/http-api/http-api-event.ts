import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../../core/json.ts';
import type { HttpRouteMatch } from './match-http-route.ts';

/** A request to an HTTP API, with its body read. */
export interface HttpApiRequest {
  readonly method: string;
  /** Percent-decoded, and without the prefix under which the API is mounted. */
  readonly path: string;
  /** Still percent-encoded, without `?`. */
  readonly rawQuery: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly protocol: string;
  readonly sourceIp: string;
  /** On which the request came in. */
  readonly port: number;
  /** What the authorizer says of the caller, such as `{ iam: … }`, `{ lambda: … }` or `{ jwt: … }`. */
  readonly authorizer: JsonObject | undefined;
  /** The signer, as `requestContext.identity` of a REST API has it. */
  readonly identity?: JsonObject;
}

/** The identity of the API and the time of a request. */
export interface HttpApiContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly region: string;
  readonly requestId: string;
  readonly now: Date;
}

/** Writes the event of payload format 2.0, as API Gateway hands it to a Lambda function. */
export function toHttpApiEvent(
  request: HttpApiRequest,
  { routeKey, pathParameters }: HttpRouteMatch,
  context: HttpApiContext,
): JsonObject {
  const cookies = (request.headers.cookie ?? '').split(/;\s*/).filter((cookie) => cookie !== '');
  const query = queryParametersOf(request.rawQuery);
  return {
    version: '2.0',
    routeKey,
    rawPath: request.path,
    rawQueryString: request.rawQuery,
    ...(cookies.length === 0 ? {} : { cookies }),
    headers: headersOf(request, context),
    ...(Object.keys(query).length === 0 ? {} : { queryStringParameters: query }),
    requestContext: httpContextOf(request, routeKey, context),
    ...(Object.keys(pathParameters).length === 0 ? {} : { pathParameters }),
    ...bodyOf(request),
  };
}

function headersOf(request: HttpApiRequest, context: HttpApiContext): Record<string, string> {
  const { cookie: _inCookies, connection: _ofThisHop, ...headers } = request.headers;
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value ?? '')]);
  return {
    ...Object.fromEntries(texts),
    host: domainNameOf(context),
    'x-forwarded-for': request.sourceIp,
    'x-forwarded-port': String(request.port),
    'x-forwarded-proto': 'http',
  };
}

// AWS: names and values are decoded, and repeated ones joined with commas.
function queryParametersOf(rawQuery: string): Record<string, string> {
  const query = new URLSearchParams(rawQuery);
  return Object.fromEntries([...query.keys()].map((key) => [key, query.getAll(key).join(',')]));
}

/** `requestContext` of payload format 2.0. */
export function httpContextOf(
  request: HttpApiRequest,
  routeKey: string,
  context: HttpApiContext,
): JsonObject {
  const { accountId, apiId, requestId, now } = context;
  return {
    accountId,
    apiId,
    ...(request.authorizer === undefined ? {} : { authorizer: request.authorizer }),
    domainName: domainNameOf(context),
    domainPrefix: apiId,
    http: {
      method: request.method,
      path: request.path,
      protocol: request.protocol,
      sourceIp: request.sourceIp,
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId,
    routeKey,
    stage: '$default',
    time: logTime(now),
    timeEpoch: now.getTime(),
  };
}

function domainNameOf({ apiId, region }: HttpApiContext): string {
  return `${apiId}.execute-api.${region}.amazonaws.com`;
}

// The Common Log Format's time, such as `12/Mar/2020:19:03:58 +0000`.
function logTime(now: Date): string {
  const [, day, month, year, time] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(now.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}

// AWS: only these types arrive as text; everything else, forms and a missing type too, as base64.
const TEXT_TYPES = /^(text\/.*|application\/(json|xml|javascript))$/;

function bodyOf({ body, headers }: HttpApiRequest) {
  if (body.length === 0) return { isBase64Encoded: false };
  const [type = ''] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const isText = TEXT_TYPES.test(type.trim()) && headers['content-encoding'] === undefined;
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}
