import { type InferOutput, literal, number, object, optional, picklist, string } from 'valibot';
import { PaymentDeclinedError, PaymentVoidedError } from '../shared/errors.ts';
import { beginOperation, type ProviderOptions, readAnswer } from './provider-call.ts';

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

/** What a charge is about, for providers that find it by that; undefined where the caller does not know it. */
export type ChargedOrder = Omit<ChargeRequest, 'cardToken'> | undefined;

/** A charge to give back; the id is empty where it is not known. */
export interface RefundRequest {
  readonly key: string;
  readonly paymentId: string;
  readonly order?: ChargedOrder;
}

/** A payment provider; its errors are the Payment classes of `errors.ts`. */
export interface PaymentClient {
  /** Charges once under the key, however often it is called. */
  charge(key: string, request: ChargeRequest): Promise<InferOutput<typeof ChargeSchema>>;
  lookUp(key: string, order?: ChargedOrder): Promise<PaymentState>;
  /**
   * Gives a payment back by its id, which the provider keeps for good. By its key, which a provider
   * forgets within days, only where no id is known: a key that was never charged is voided.
   */
  refund(charge: RefundRequest): Promise<InferOutput<typeof RefundSchema>>;
}

/**
 * Makes a client of the contract in `docs/payments/payment-provider.openapi.json`, which the rehearsal's
 * sandbox speaks, and a gateway of one's own may; every call ends within `timeoutMs`.
 */
export function createPaymentClient(options: ProviderOptions): PaymentClient {
  return {
    async charge(key, charge) {
      const body = { type: 'application/json', text: JSON.stringify(charge) };
      const answer = await beginOperation(options)({ method: 'POST', path: '/charges', key, body });
      if (answer.status === 402) throw new PaymentDeclinedError('The card was declined');
      if (answer.status === 409) throw new PaymentVoidedError(`The charge "${key}" was voided`);
      return readAnswer(answer, ChargeSchema);
    },
    async lookUp(key) {
      const answer = await beginOperation(options)({ method: 'GET', path: chargePath(key) });
      return answer.status === 404 ? { status: 'none' } : readAnswer(answer, LookUpSchema);
    },
    async refund({ key, paymentId }) {
      const path =
        paymentId === '' ? chargePath(key) : `/payments/${encodeURIComponent(paymentId)}`;
      const answer = await beginOperation(options)({ method: 'POST', path: `${path}/refund` });
      return readAnswer(answer, RefundSchema);
    },
  };
}

function chargePath(key: string): string {
  return `/charges/${encodeURIComponent(key)}`;
}
