import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AwsError } from '../../core/aws-error.ts';
import { type Json, parseJson } from '../../core/json.ts';
import { decodeUri } from '../../core/names/decode-uri.ts';
import type { Caller, ServiceCall } from '../../core/service.ts';
import type { HttpApiResource } from '../../template/http-api-resource.ts';
import type { Mount } from '../server.ts';
import { readWhole } from '../wire/read-body.ts';
import { sendResponse } from '../wire/send-response.ts';
import { type HttpApiRequest, toHttpApiEvent } from './http-api-event.ts';
import { gatewayMessage, type HttpApiResponse, toHttpApiResponse } from './http-api-response.ts';
import { iamCallerOf } from './iam-authorizer.ts';
import { type HttpRouteMatch, matchHttpRoute } from './match-http-route.ts';

/** The resource and the functions' caller of an HTTP API. */
export interface HttpApiOptions {
  readonly api: HttpApiResource;
  readonly accountId: string;
  readonly region: string;
  readonly call: ServiceCall;
  /** As whom API Gateway invokes the functions. */
  readonly caller: Caller;
  /** Returns the owner of an access key, for routes that ask for IAM credentials. */
  readonly callerOf: (accessKeyId: string) => Caller;
  readonly now: () => Date;
}

// AWS: the payload limit of HTTP APIs.
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/**
 * Puts an API Gateway HTTP API in front of its functions, under `/_aws/execute-api/<apiId>`.
 * It has the `$default` stage, payload format 2.0, and no CORS or integration time-out; IAM is its
 * one authorizer.
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
  const signed = { headers: incoming.headers, query: new URLSearchParams(rawQuery) };
  const iam =
    match.route.authorizer === 'AWS_IAM' ? iamCallerOf(signed, options.callerOf) : undefined;
  if (match.route.authorizer === 'AWS_IAM' && iam === undefined) {
    return gatewayMessage(403, 'Forbidden');
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
    iam,
  };
  return invoke(request, match, requestId, options);
}

async function invoke(
  request: HttpApiRequest,
  match: HttpRouteMatch,
  requestId: string,
  options: HttpApiOptions,
): Promise<HttpApiResponse> {
  const { accountId, region, api, call, caller, now } = options;
  const context = { accountId, region, apiId: api.id, requestId, now: now() };
  const event = toHttpApiEvent(request, match, context);
  const input = {
    FunctionName: match.route.functionName,
    InvocationType: 'RequestResponse',
    Payload: Buffer.from(JSON.stringify(event)),
  };
  try {
    const output: InvokeOutput = await call('lambda', 'Invoke', input, caller);
    if (output.FunctionError !== undefined) return gatewayMessage(500, 'Internal Server Error');
    return toHttpApiResponse(payloadOf(output.Payload));
  } catch (error) {
    // AWS hides a function's trouble from the client: throttling is a 503, all else a 500.
    const isThrottled = error instanceof AwsError && error.name === 'TooManyRequestsException';
    return isThrottled
      ? gatewayMessage(503, 'Service Unavailable')
      : gatewayMessage(500, 'Internal Server Error');
  }
}

/** The part of Lambda's Invoke output that is read. */
interface InvokeOutput {
  readonly FunctionError?: string;
  readonly Payload?: Uint8Array;
}

function payloadOf(payload: Uint8Array | undefined): Json {
  const text = Buffer.from(payload ?? []).toString();
  return text === '' ? null : (parseJson(text) ?? null);
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
