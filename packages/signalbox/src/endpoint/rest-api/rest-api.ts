import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Json } from '../../core/json.ts';
import { decodeUri } from '../../core/names/decode-uri.ts';
import type { RestApiResource, RestRoute } from '../../template/api/rest-api-resource.ts';
import type { HttpApiOptions } from '../http-api/http-api.ts';
import type { HttpApiContext, HttpApiRequest } from '../http-api/http-api-event.ts';
import {
  gatewayMessage,
  type HttpApiResponse,
  toHttpApiResponse,
} from '../http-api/http-api-response.ts';
import { matchHttpRoute } from '../http-api/match-http-route.ts';
import { invokeFunction } from '../invoke-function.ts';
import type { Mount } from '../server.ts';
import { readWhole } from '../wire/read-body.ts';
import { sendResponse } from '../wire/send-response.ts';
import { admitToMethod } from './admit-to-method.ts';
import { callAction } from './call-action.ts';
import { UnknownTemplate } from './mapping-template.ts';
import { headersOf, type RestMatch, requestContextOf, toRestApiEvent } from './rest-api-event.ts';

/** A REST API, and the way to the services behind it. */
export interface RestApiOptions extends Omit<HttpApiOptions, 'api'> {
  readonly api: RestApiResource;
  readonly queueUrlOf: (name: string) => string;
}

/** AWS: the payload limit of REST APIs. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/**
 * Puts a REST API of API Gateway in front of its functions and services, under
 * `/_aws/execute-api/<apiId>/<stage>`: Lambda proxy integrations, and AWS integrations with their mapping
 * templates.
 */
export function createRestApi(options: RestApiOptions): Mount {
  const prefix = `/_aws/execute-api/${options.api.id}`;
  return {
    prefix,
    async handle(request, response) {
      const requestId = randomUUID();
      const routed = await route(request, prefix, requestId, options);
      const headers = { ...routed.headers, 'x-amzn-requestid': requestId };
      sendResponse(response, routed.status, headers, routed.body);
    },
  };
}

async function route(
  incoming: IncomingMessage,
  prefix: string,
  requestId: string,
  options: RestApiOptions,
): Promise<HttpApiResponse> {
  const [encoded = '', ...rest] = (incoming.url ?? '/').slice(prefix.length).split('?');
  const [, stage = '', below = ''] = /^\/([^/]+)(\/.*)?$/.exec(encoded) ?? [];
  const path = decodeUri(below || '/');
  if (path === undefined) return gatewayMessage(400, 'Bad Request');
  const method = incoming.method ?? 'GET';
  const found = matchRoute(options.api.routes, method, path);
  // AWS: a REST API takes a path that it does not have for one that lacks its signature.
  if (found === undefined) return gatewayMessage(403, 'Missing Authentication Token');
  const body = await readWhole(incoming, MAX_BODY_BYTES);
  if (body === undefined) return gatewayMessage(413, 'Request Too Long');
  const request: HttpApiRequest = {
    method,
    path,
    rawQuery: rest.join('?'),
    headers: incoming.headers,
    body,
    protocol: `HTTP/${incoming.httpVersion}`,
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
    port: incoming.socket.localPort ?? 0,
    authorizer: undefined,
  };
  const { accountId, region, api, now } = options;
  const context = { accountId, region, apiId: api.id, requestId, now: now() };
  const match = { resource: found.route.path, stage, pathParameters: found.pathParameters };
  const admission = await admitToMethod(request, found.route, match, context, options);
  if (admission.kind === 'refused') return admission.response;
  const { authorizer, identity = {} } = admission;
  return integrate(found.route, { ...request, authorizer, identity }, match, context, options);
}

function matchRoute(routes: readonly RestRoute[], method: string, path: string) {
  const named = routes.map((one) => ({ ...one, functionName: '' }));
  const found = matchHttpRoute(named, method, path);
  const own = found && named.find((one) => one === found.route);
  return found && own && { route: own, pathParameters: found.pathParameters };
}

async function integrate(
  { integration }: RestRoute,
  request: HttpApiRequest,
  match: RestMatch,
  context: HttpApiContext,
  options: RestApiOptions,
): Promise<HttpApiResponse> {
  if (integration.kind === 'other') {
    const message = `The rehearsal has no integration of type ${integration.type}`;
    return gatewayMessage(501, message);
  }
  if (integration.kind === 'lambda') {
    const event = toRestApiEvent(request, match, context);
    return invoke(integration.functionName, event, options);
  }
  const input = {
    body: request.body.toString(),
    path: match.pathParameters,
    query: Object.fromEntries(new URLSearchParams(request.rawQuery)),
    headers: headersOf(request),
    context: requestContextOf(request, match, context),
  };
  try {
    return await callAction(integration, input, options);
  } catch (error) {
    if (!(error instanceof UnknownTemplate)) throw error;
    return gatewayMessage(501, `The rehearsal does not evaluate ${error.message}`);
  }
}

async function invoke(
  functionName: string,
  event: Json,
  options: RestApiOptions,
): Promise<HttpApiResponse> {
  try {
    const { response, isFailed } = await invokeFunction(functionName, event, options);
    return isFailed ? badGateway() : proxied(response);
  } catch {
    return gatewayMessage(500, 'Internal server error');
  }
}

/** AWS: a function behind a REST API gives a status, or its response is malformed. */
function proxied(response: Json): HttpApiResponse {
  const hasStatus = typeof response === 'object' && response !== null && 'statusCode' in response;
  if (!hasStatus) return badGateway();
  const { status, headers, cookies, body } = toHttpApiResponse(response);
  return status === 500 ? badGateway() : { status, headers, cookies, body };
}

function badGateway(): HttpApiResponse {
  return gatewayMessage(502, 'Internal server error');
}
