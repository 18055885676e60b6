import type { Json, JsonObject } from '../../core/json.ts';
import type { HttpApiContext, HttpApiRequest } from '../http-api/http-api-event.ts';

/** The method, path and parameters that a request is served by. */
export interface RestMatch {
  /** Such as `/orders/{orderId}`. */
  readonly resource: string;
  readonly stage: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * Writes the event of payload format 1.0, as a REST API hands it to a function.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function toRestApiEvent(
  request: HttpApiRequest,
  match: RestMatch,
  context: HttpApiContext,
): JsonObject {
  const query = new URLSearchParams(request.rawQuery);
  const names = [...new Set(query.keys())];
  const headers = headersOf(request);
  const isBinary = request.headers['content-encoding'] !== undefined;
  return {
    resource: match.resource,
    path: request.path,
    httpMethod: request.method,
    headers: orNull(headers),
    multiValueHeaders: orNull(lists(Object.keys(headers), (name) => [headers[name] ?? ''])),
    queryStringParameters: orNull(
      Object.fromEntries(names.map((name) => [name, query.getAll(name).at(-1) ?? ''])),
    ),
    multiValueQueryStringParameters: orNull(lists(names, (name) => query.getAll(name))),
    pathParameters: orNull(match.pathParameters),
    stageVariables: null,
    requestContext: requestContextOf(request, match, context),
    body: request.body.length === 0 ? null : request.body.toString(isBinary ? 'base64' : 'utf8'),
    isBase64Encoded: isBinary && request.body.length > 0,
  };
}

/** The headers by their names, as texts. */
export function headersOf({ headers }: HttpApiRequest): Record<string, string> {
  const { connection: _ofThisHop, ...rest } = headers;
  return Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, String(value ?? '')]),
  );
}

/** `$context` of mapping templates, and `requestContext` of events. */
export function requestContextOf(
  request: HttpApiRequest,
  { resource, stage }: RestMatch,
  { accountId, apiId, requestId, region, now }: HttpApiContext,
): Record<string, Json> {
  return {
    accountId,
    apiId,
    ...(request.authorizer !== undefined && { authorizer: request.authorizer }),
    domainName: `${apiId}.execute-api.${region}.amazonaws.com`,
    domainPrefix: apiId,
    extendedRequestId: requestId,
    httpMethod: request.method,
    identity: {
      sourceIp: request.sourceIp,
      userAgent: request.headers['user-agent'] ?? null,
      ...request.identity,
    },
    path: `/${stage}${request.path}`,
    protocol: request.protocol,
    requestId,
    requestTimeEpoch: now.getTime(),
    resourcePath: resource,
    stage,
  };
}

function lists(names: readonly string[], of: (name: string) => readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, [...of(name)]]));
}

/** AWS: what is empty is null. */
function orNull(json: JsonObject): Json {
  return Object.keys(json).length === 0 ? null : json;
}
