import { type GenericSchema, type InferOutput, parse } from 'valibot';
import {
  PaymentRequestRefusedError,
  PaymentTimeoutError,
  PaymentUnavailableError,
} from '../shared/errors.ts';
import { parseJson } from '../shared/parse-json.ts';
import type { CachedSecret } from './payment-secret.ts';

/** How a provider is reached: one operation of it, however many requests it takes, ends within `timeoutMs`. */
export interface ProviderOptions {
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly secret: CachedSecret;
  readonly fetch?: typeof fetch;
}

/** A request to the provider, its body encoded. */
export interface ProviderRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly key?: string | undefined;
  readonly body?: { readonly type: string; readonly text: string } | undefined;
}

/** The provider's answer; a body that is no JSON is undefined. */
export interface ProviderAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Makes one request of an operation. */
export type ProviderCall = (request: ProviderRequest) => Promise<ProviderAnswer>;

/**
 * Begins an operation: its requests share its time, reading the answers included.
 * @returns The call, which throws `PaymentTimeoutError` or `PaymentUnavailableError` where there is no answer.
 */
export function beginOperation(options: ProviderOptions): ProviderCall {
  const signal = AbortSignal.timeout(options.timeoutMs);
  return async (request) => {
    const answer = await send(options, request, signal);
    if (answer.status !== 401) return answer;
    // The secret may have been rotated since it was cached.
    options.secret.forget();
    return send(options, request, signal);
  };
}

/**
 * Reads an answer that means success.
 * @throws {PaymentUnavailableError} For 429 and 5xx: nobody knows what became of it.
 * @throws {PaymentRequestRefusedError} For anything else but 2xx.
 */
export function readAnswer<Schema extends GenericSchema>(
  { status, body }: ProviderAnswer,
  schema: Schema,
): InferOutput<Schema> {
  if (status >= 500 || status === 429) {
    throw new PaymentUnavailableError(`The payment provider answered ${status}`);
  }
  if (status >= 300) {
    throw new PaymentRequestRefusedError(`The payment provider answered ${status}`);
  }
  return parse(schema, body);
}

async function send(
  { baseUrl, timeoutMs, secret, fetch: fetchIt = fetch }: ProviderOptions,
  { method, path, key, body }: ProviderRequest,
  signal: AbortSignal,
): Promise<ProviderAnswer> {
  const bearer = await secret.read();
  try {
    const response = await fetchIt(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(body === undefined ? {} : { 'content-type': body.type }),
      },
      ...(body === undefined ? {} : { body: body.text }),
      signal,
    });
    return { status: response.status, body: parseJson(await response.text()) };
  } catch (error) {
    throw callError(error, timeoutMs);
  }
}

function callError(error: unknown, timeoutMs: number): Error {
  // A DOMException, which `AbortSignal.timeout` gives as its reason.
  if (
    typeof error === 'object' &&
    error !== null &&
    'name' in error &&
    error.name === 'TimeoutError'
  ) {
    return new PaymentTimeoutError(`The payment provider did not answer within ${timeoutMs} ms`);
  }
  return new PaymentUnavailableError('The payment provider could not be reached', { cause: error });
}
