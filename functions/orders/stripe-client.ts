import {
  array,
  boolean,
  type GenericSchema,
  type InferOutput,
  nullish,
  object,
  optional,
  picklist,
  safeParse,
  string,
} from 'valibot';
import {
  PaymentDeclinedError,
  PaymentRequestRefusedError,
  PaymentUnavailableError,
  PaymentVoidedError,
} from '../shared/errors.ts';
import type { ChargedOrder, PaymentClient } from './payment-client.ts';
import {
  beginOperation,
  type ProviderAnswer,
  type ProviderCall,
  type ProviderOptions,
  readAnswer,
} from './provider-call.ts';

// Stripe, "The PaymentIntent object".
const IntentSchema = object({
  id: string(),
  status: picklist([
    'requires_payment_method',
    'requires_confirmation',
    'requires_action',
    'processing',
    'requires_capture',
    'canceled',
    'succeeded',
  ]),
  latest_charge: nullish(object({ refunded: optional(boolean()) })),
});
type Intent = InferOutput<typeof IntentSchema>;
const CreatedSchema = object({ id: string() });
// Stripe, "The Refund object".
const RefundSchema = object({ id: string(), status: nullish(string()) });
const SearchSchema = object({ data: array(CreatedSchema) });
const ErrorSchema = object({ error: object({ code: optional(string()) }) });

/** Stripe, "Special cases" of currencies: without a minor unit in ISO 4217, and sent in hundredths all the same. */
const IN_HUNDREDTHS = ['ISK', 'UGX'];

/**
 * Makes a client of Stripe's API (api.stripe.com/v1), by PaymentIntents and Refunds. An intent is created
 * under the key of the charge and then confirmed: so a charge that nobody knows the answer of is found by
 * creating it once more, and one that never was can be cancelled before it is.
 *
 * Stripe forgets a key after a day or more, and search finds an intent after a minute or so: asked both ways,
 * an intent is found at any age.
 */
export function createStripeClient(options: ProviderOptions): PaymentClient {
  return {
    async charge(key, { cardToken, ...order }) {
      const call = beginOperation(options);
      const id = await createIntent(call, key, order);
      const answer = await confirm(call, id, cardToken);
      if (answer.status === 402) throw new PaymentDeclinedError('The card was declined');
      const intent = isUnexpectedState(answer)
        ? await readIntent(call, id)
        : read(answer, IntentSchema);
      return chargedBy(intent, key);
    },
    async lookUp(key, order) {
      const call = beginOperation(options);
      const id = await findIntent(call, key, order);
      return id === undefined ? { status: 'none' } : stateOf(await readIntent(call, id));
    },
    async refund({ key, paymentId, order }) {
      const call = beginOperation(options);
      const id = paymentId === '' ? await findIntent(call, key, order) : paymentId;
      // Neither found nor made: what it is about is not known, so that nothing was confirmed by this key for long.
      if (id === undefined) return { status: 'voided' };
      return giveBack(call, await readIntent(call, id));
    },
  };
}

function chargedBy({ id, status, latest_charge: charge }: Intent, key: string) {
  if (status === 'canceled' || charge?.refunded === true) {
    throw new PaymentVoidedError(`The charge "${key}" was voided or given back`);
  }
  // Refused once, under a card that asks for more than a charge without its owner can give.
  if (status === 'requires_payment_method' || status === 'requires_action') {
    throw new PaymentDeclinedError('The card was declined');
  }
  if (status !== 'succeeded') {
    throw new PaymentUnavailableError(`The payment is still "${status}"`);
  }
  return { paymentId: id, status: 'charged' as const };
}

function stateOf({ id: paymentId, status, latest_charge: charge }: Intent) {
  if (charge?.refunded === true) return { status: 'refunded' as const, paymentId };
  if (status === 'succeeded') return { status: 'charged' as const, paymentId };
  if (status === 'canceled') return { status: 'voided' as const, paymentId };
  if (status === 'processing') {
    throw new PaymentUnavailableError('The payment is still "processing"');
  }
  return { status: 'none' as const };
}

async function giveBack(
  call: ProviderCall,
  intent: Intent,
): Promise<{ readonly status: 'refunded' | 'voided' }> {
  const { id, status, latest_charge: charge } = intent;
  if (charge?.refunded === true) return { status: 'refunded' };
  if (status === 'canceled') return { status: 'voided' };
  if (status === 'succeeded') return refundWhole(call, id);
  const answer = await post(call, `${intentPath(id)}/cancel`, {});
  // It was confirmed or cancelled in the meantime: the next attempt sees which.
  if (isUnexpectedState(answer)) throw new PaymentUnavailableError('The payment has just changed');
  read(answer, IntentSchema);
  return { status: 'voided' };
}

/** Gives all of it back, which Stripe does once, with or without a key. */
async function refundWhole(
  call: ProviderCall,
  id: string,
): Promise<{ readonly status: 'refunded' }> {
  const answer = await post(call, '/refunds', { payment_intent: id });
  if (codeOf(answer) === 'charge_already_refunded') return { status: 'refunded' };
  const { status } = read(answer, RefundSchema);
  if (status === 'failed' || status === 'canceled') {
    throw new PaymentRequestRefusedError(`The refund of "${id}" is "${status}"`);
  }
  return { status: 'refunded' };
}

/** The intent of a key: by search, or by creating it, which under its key makes none that is there already. */
async function findIntent(
  call: ProviderCall,
  key: string,
  order: ChargedOrder,
): Promise<string | undefined> {
  const query = `metadata['charge_key']:'${key.replace(/['\\]/g, '\\$&')}'`;
  const path = `/payment_intents/search?${new URLSearchParams({ query })}`;
  const { data } = read(await call({ method: 'GET', path }), SearchSchema);
  return data[0]?.id ?? (order && createIntent(call, key, order));
}

/** Creates the intent of a key, or finds the one that is there under it. */
async function createIntent(
  call: ProviderCall,
  key: string,
  { orderId, amount, currency }: NonNullable<ChargedOrder>,
): Promise<string> {
  const hundredths = IN_HUNDREDTHS.includes(currency) ? amount * 100 : amount;
  const fields = {
    amount: `${hundredths}`,
    currency: currency.toLowerCase(),
    'automatic_payment_methods[enabled]': 'true',
    'automatic_payment_methods[allow_redirects]': 'never',
    'metadata[order_id]': orderId,
    'metadata[charge_key]': key,
  };
  // The response of a key is the first one, whatever became of the intent since: its id alone counts.
  return read(await post(call, '/payment_intents', fields, key), CreatedSchema).id;
}

/**
 * Confirms, which an intent allows once: it needs no key, under which Stripe would repeat its own failure
 * for a day. `error_on_requires_action`: nobody is there who could answer a bank's question.
 */
function confirm(call: ProviderCall, id: string, cardToken: string): Promise<ProviderAnswer> {
  const fields = {
    payment_method: cardToken,
    error_on_requires_action: 'true',
    'expand[]': 'latest_charge',
  };
  return post(call, `${intentPath(id)}/confirm`, fields);
}

async function readIntent(call: ProviderCall, id: string): Promise<Intent> {
  const path = `${intentPath(id)}?${new URLSearchParams({ 'expand[]': 'latest_charge' })}`;
  return read(await call({ method: 'GET', path }), IntentSchema);
}

function post(
  call: ProviderCall,
  path: string,
  fields: Readonly<Record<string, string>>,
  key?: string,
): Promise<ProviderAnswer> {
  const text = new URLSearchParams(fields).toString();
  const body = { type: 'application/x-www-form-urlencoded', text };
  return call({ method: 'POST', path, body, key });
}

/** Reads a success. Stripe, "Errors": 409 says that another request was at the same object at the same time. */
function read<Schema extends GenericSchema>(
  answer: ProviderAnswer,
  schema: Schema,
): InferOutput<Schema> {
  if (answer.status === 409) throw new PaymentUnavailableError('The payment is being changed');
  return readAnswer(answer, schema);
}

function intentPath(id: string): string {
  return `/payment_intents/${encodeURIComponent(id)}`;
}

/** Stripe, "Error codes": confirmed, or cancelled, twice. */
function isUnexpectedState(answer: ProviderAnswer): boolean {
  return codeOf(answer) === 'payment_intent_unexpected_state';
}

function codeOf({ status, body }: ProviderAnswer): string | undefined {
  const parsed = status >= 400 ? safeParse(ErrorSchema, body) : undefined;
  return parsed?.success === true ? parsed.output.error.code : undefined;
}
