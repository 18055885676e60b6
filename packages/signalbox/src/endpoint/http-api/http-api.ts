import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AwsError } from '../../core/aws-error.ts';
import type { JsonObject } from '../../core/json.ts';
import { decodeUri } from '../../core/names/decode-uri.ts';
import type { HttpApiResource } from '../../template/api/http-api-resource.ts';
import type { AdmitOptions } from '../authorizers/admit.ts';
import { invokeFunction } from '../invoke-function.ts';
import type { Mount } from '../server.ts';
import { readWhole } from '../wire/read-body.ts';
import { sendResponse } from '../wire/send-response.ts';
import { admitToRoute } from './admit-to-route.ts';
import { type HttpApiRequest, toHttpApiEvent } from './http-api-event.ts';
import { gatewayMessage, type HttpApiResponse, toHttpApiResponse } from './http-api-response.ts';
import { type HttpRouteMatch, matchHttpRoute } from './match-http-route.ts';

/** The resource and the functions' caller of an HTTP API. */
export interface HttpApiOptions extends AdmitOptions {
  readonly api: HttpApiResource;
  readonly accountId: string;
  readonly region: string;
}

// AWS: the payload limit of HTTP APIs.
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/**
 * Puts an API Gateway HTTP API in front of its functions, under `/_aws/execute-api/<apiId>`.
 * It has the `$default` stage, payload format 2.0, and no CORS or integration time-out; who is
 * admitted is checked as far as docs/differences-from-aws.md says.
 */
export function createHttpApi(options: HttpApiOptions): Mount {
  const prefix = `/_aws/execute-api/${options.api.id}`;
  return {
    prefix,
    async handle(request, response) {
      const requestId = randomUUID();
      const routed = await invokeRoute(request, prefix, requestId, options);
      const headers = {
        ...routed.headers,
        ...(routed.cookies.length === 0 ? {} : { 'set-cookie': [...routed.cookies] }),
        'apigw-requestid': requestId,
      };
      sendResponse(response, routed.status, headers, routed.body);
    },
  };
}

async function invokeRoute(
  incoming: IncomingMessage,
  prefix: string,
  requestId: string,
  options: HttpApiOptions,
): Promise<HttpApiResponse> {
  const [encodedPath = '', rawQuery = ''] = splitOnce(incoming.url ?? '/', '?');
  const path = decodeUri(encodedPath.slice(prefix.length) || '/');
  if (path === undefined) return gatewayMessage(400, 'Bad Request');
  const method = incoming.method ?? 'GET';
  const match = matchHttpRoute(options.api.routes, method, path);
  if (match === undefined) return gatewayMessage(404, 'Not Found');
  if (match.route.refusal !== undefined) {
    return gatewayMessage(501, `The rehearsal has no ${match.route.refusal}`);
  }
  const body = await readWhole(incoming, MAX_BODY_BYTES);
  if (body === undefined) return gatewayMessage(413, 'Request Entity Too Large');
  const request: HttpApiRequest = {
    method,
    path,
    rawQuery,
    headers: incoming.headers,
    body,
    protocol: `HTTP/${incoming.httpVersion}`,
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
    port: incoming.socket.localPort ?? 0,
    authorizer: undefined,
  };
  const { accountId, region, api, now } = options;
  const context = { accountId, region, apiId: api.id, requestId, now: now() };
  const admission = await admitToRoute(request, match, context, options);
  if (admission.kind === 'refused') return admission.response;
  const { authorizer } = admission;
  return invoke(toHttpApiEvent({ ...request, authorizer }, match, context), match, options);
}

async function invoke(
  event: JsonObject,
  match: HttpRouteMatch,
  options: HttpApiOptions,
): Promise<HttpApiResponse> {
  try {
    const { response, isFailed } = await invokeFunction(match.route.functionName, event, options);
    return isFailed ? gatewayMessage(500, 'Internal Server Error') : toHttpApiResponse(response);
  } catch (error) {
    // AWS hides a function's trouble from the client: throttling is a 503, all else a 500.
    const isThrottled = error instanceof AwsError && error.name === 'TooManyRequestsException';
    return isThrottled
      ? gatewayMessage(503, 'Service Unavailable')
      : gatewayMessage(500, 'Internal Server Error');
  }
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
