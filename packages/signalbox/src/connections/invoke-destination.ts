import { AwsError } from '../core/aws-error.ts';
import {
  addCredentials,
  ConnectionUnusable,
  type FindCredentials,
} from '../core/connection-credentials.ts';
import type { HttpCall, HttpRequest, HttpResponse } from '../core/http-call.ts';
import type { TargetResource } from '../template/app.ts';
import type { HttpTargetParameters } from '../template/connection-resource.ts';
import type { ApiDestination, ConnectionTables } from './connection-table.ts';
import { destinationOf } from './connection-table.ts';
import { requestHeaders } from './request-headers.ts';
import { createTurns } from './turns.ts';

/** The tables and the way out of API destinations. */
export interface DestinationOptions {
  readonly tables: ConnectionTables;
  readonly send: HttpCall;
  readonly credentialsOf: FindCredentials;
  readonly nowMs: () => number;
}

/**
 * Calls an API destination once, in the turn of a delivery.
 * @throws {AwsError} `ServiceException` where EventBridge tries again, with the seconds of a `retry-after`
 * header; `RateLimited` where the delivery's turn is later, with the seconds until then; another name else.
 */
export type InvokeDestination = (
  target: TargetResource,
  body: string,
  delivery: string,
) => Promise<void>;

/** AWS: the codes after which an event is tried again (EventBridge User Guide, "API destinations"). */
const RETRIED: ReadonlySet<number> = new Set([401, 407, 409, 429]);

/** AWS: a token that these codes refuse is asked for anew. */
const REFRESHED: ReadonlySet<number> = new Set([401, 407]);

const EVENTBRIDGE = { arn: 'events.amazonaws.com' };

/** Makes what calls API destinations. */
export function createInvokeDestination({
  tables,
  send,
  credentialsOf,
  nowMs,
}: DestinationOptions): InvokeDestination {
  const turns = createTurns();

  return async ({ arn, httpParameters }, body, delivery) => {
    const destination = destinationOf(tables, arn);
    if (destination === undefined) {
      throw new AwsError('ResourceNotFoundException', `ApiDestination ${arn} does not exist.`);
    }
    const waitMs = turns.waitMs(destination, delivery, nowMs());
    if (waitMs > 0)
      throw new AwsError('RateLimited', 'Its rate limit is reached', {}, waitOf(waitMs));
    const credentials = await unlessUnusable(credentialsOf(destination.connectionArn, EVENTBRIDGE));
    const request = addCredentials(requestOf(destination, httpParameters, body), credentials);
    const headers = requestHeaders(request.headers);
    const response = await answered(send, { ...request, headers, staysHere: true });
    if (REFRESHED.has(response.status)) credentials.forget?.();
    refuse(response);
  };
}

function waitOf(ms: number): Readonly<Record<string, string>> {
  return { 'retry-after': String(ms / 1_000) };
}

function requestOf(
  { endpoint, method }: ApiDestination,
  parameters: HttpTargetParameters | undefined,
  body: string,
): HttpRequest {
  const values = (parameters?.pathParameterValues ?? []).values();
  const url = new URL(
    endpoint.replaceAll('*', (star) => {
      const { value } = values.next();
      return value === undefined ? star : encodeURIComponent(value);
    }),
  );
  for (const [name, value] of Object.entries(parameters?.queryStringParameters ?? {})) {
    url.searchParams.set(name, value);
  }
  const own = Object.entries(parameters?.headerParameters ?? {});
  const headers = own.map(([name, value]) => [name.toLowerCase(), value]);
  return {
    method,
    url: url.href,
    headers: Object.fromEntries(headers),
    body: method === 'GET' || method === 'HEAD' ? undefined : body,
  };
}

async function unlessUnusable<T>(found: Promise<T>): Promise<T> {
  try {
    return await found;
  } catch (error) {
    if (!(error instanceof ConnectionUnusable)) throw error;
    // AWS: a connection that gets no token may get one later.
    const isLater = error.error === 'Events.ConnectionResource.AccessDenied';
    throw new AwsError(isLater ? 'ServiceException' : 'InvalidConnection', error.message);
  }
}

async function answered(send: HttpCall, request: HttpRequest): Promise<HttpResponse> {
  try {
    return await send(request);
  } catch (error) {
    throw new AwsError('ServiceException', error instanceof Error ? error.message : String(error));
  }
}

/** @throws {AwsError} For an answer that is no success. */
function refuse({ status, statusText, headers }: HttpResponse): void {
  if (status < 300) return;
  const message = `Unable to invoke ApiDestination endpoint: The request failed because the HTTP status code is ${status} ${statusText}`;
  const isRetried = RETRIED.has(status) || status >= 500;
  const [seconds] = headers['retry-after'] ?? [];
  const wait = seconds !== undefined && /^\d+$/.test(seconds) ? { 'retry-after': seconds } : {};
  throw new AwsError(isRetried ? 'ServiceException' : 'SdkClientError', message, {}, wait);
}
