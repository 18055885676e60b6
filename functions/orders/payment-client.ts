import {
  type GenericSchema,
  type InferOutput,
  literal,
  number,
  object,
  optional,
  parse,
  picklist,
  string,
} from 'valibot';
import {
  PaymentDeclinedError,
  PaymentRequestRefusedError,
  PaymentTimeoutError,
  PaymentUnavailableError,
  PaymentVoidedError,
} from '../shared/errors.ts';
import { parseJson } from '../shared/parse-json.ts';
import type { CachedSecret } from './payment-secret.ts';

const ChargeSchema = object({ paymentId: string(), status: literal('charged') });
const LookUpSchema = object({
  paymentId: optional(string()),
  status: picklist(['charged', 'refunded', 'voided']),
  amount: optional(number()),
});
const RefundSchema = object({ status: picklist(['refunded', 'voided']) });

/** The provider's record of a charge: `none` means that it never saw the key. */
export interface PaymentState {
  readonly status: 'charged' | 'refunded' | 'voided' | 'none';
  readonly paymentId?: string | undefined;
}

/** A charge to make: `amount` in the currency's minor units. */
export interface ChargeRequest {
  readonly orderId: string;
  readonly amount: number;
  readonly currency: string;
  readonly cardToken: string;
}

/** A charge to give back; the id is empty where it is not known. */
export interface RefundRequest {
  readonly key: string;
  readonly paymentId: string;
}

/** The payment provider's HTTP API; its errors are the Payment classes of `errors.ts`. */
export interface PaymentClient {
  charge(key: string, request: ChargeRequest): Promise<InferOutput<typeof ChargeSchema>>;
  lookUp(key: string): Promise<PaymentState>;
  /**
   * Gives a payment back by its id, which the provider keeps for good. By its key, which a provider
   * forgets within days, only where no id is known: a key that was never charged is voided.
   */
  refund(charge: RefundRequest): Promise<InferOutput<typeof RefundSchema>>;
}

interface PaymentClientOptions {
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly secret: CachedSecret;
  readonly fetch?: typeof fetch;
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly key?: string;
  readonly body?: object;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Makes a client; every call ends within `timeoutMs`, reading the answer included. */
export function createPaymentClient(options: PaymentClientOptions): PaymentClient {
  const call = async (request: Call): Promise<Answer> => {
    const answer = await send(options, request);
    if (answer.status !== 401) return answer;
    // The secret may have been rotated since it was cached.
    options.secret.forget();
    return send(options, request);
  };
  return {
    async charge(key, body) {
      const answer = await call({ method: 'POST', path: '/charges', key, body });
      if (answer.status === 402) throw new PaymentDeclinedError('The card was declined');
      if (answer.status === 409) throw new PaymentVoidedError(`The charge "${key}" was voided`);
      return read(answer, ChargeSchema);
    },
    async lookUp(key) {
      const answer = await call({ method: 'GET', path: chargePath(key) });
      return answer.status === 404 ? { status: 'none' } : read(answer, LookUpSchema);
    },
    async refund({ key, paymentId }) {
      const path =
        paymentId === '' ? chargePath(key) : `/payments/${encodeURIComponent(paymentId)}`;
      return read(await call({ method: 'POST', path: `${path}/refund` }), RefundSchema);
    },
  };
}

function chargePath(key: string): string {
  return `/charges/${encodeURIComponent(key)}`;
}

async function send(options: PaymentClientOptions, request: Call): Promise<Answer> {
  const secret = await options.secret.read();
  try {
    const response = await (options.fetch ?? fetch)(`${options.baseUrl}${request.path}`, {
      method: request.method,
      headers: {
        authorization: `Bearer ${secret}`,
        ...(request.key === undefined ? {} : { 'idempotency-key': request.key }),
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal: AbortSignal.timeout(options.timeoutMs),
    });
    return { status: response.status, body: parseJson(await response.text()) };
  } catch (error) {
    throw callError(error, options.timeoutMs);
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

function read<Schema extends GenericSchema>(
  { status, body }: Answer,
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
