import { randomUUID } from 'node:crypto';
import type { Clock, KeptMaps } from 'signalbox';

/** A shop's request to charge. */
export interface ChargeRequest {
  readonly orderId: string;
  /** Integer minor units. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly cardToken: CardToken;
}

/** The test cards, each with what it does. */
export const CARD_TOKENS = {
  tok_approve: 'charges',
  tok_decline: 'is declined',
  tok_timeout_before: 'never answers, and does not charge',
  tok_timeout_after: 'charges, and never answers',
  tok_error_once: 'fails once for each key, then charges',
  tok_refund_fails: 'charges, but cannot be refunded',
} as const;

export type CardToken = keyof typeof CARD_TOKENS;

/** The provider's record under one idempotency key. */
export interface Payment {
  readonly key: string;
  readonly paymentId: string;
  readonly orderId: string | undefined;
  readonly amount: number;
  readonly currency: string | undefined;
  readonly cardToken: CardToken | undefined;
  readonly status: 'charged' | 'refunded' | 'voided';
  readonly at: Date;
}

/** The result of a charge; `silent` means that the caller gets no response. */
export type ChargeOutcome =
  | { readonly kind: 'charged'; readonly payment: Payment; readonly isNew: boolean }
  | { readonly kind: 'declined' }
  | { readonly kind: 'voided' | 'refunded' }
  | { readonly kind: 'key-reused' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'silent' };

/** The result of a refund. */
export type RefundOutcome =
  | { readonly kind: 'done'; readonly status: 'refunded' | 'voided' }
  | { readonly kind: 'failed' };

/** All that was charged and given back. */
export interface LedgerView {
  /** Every key that was charged, refunded or voided, in the order of first use. */
  readonly payments: readonly Payment[];
  /** Charged minus refunded, in minor units, by currency. */
  readonly net: Readonly<Record<string, number>>;
}

/** The sandbox provider's books, without its HTTP. */
export interface PaymentLedger {
  charge(key: string, request: ChargeRequest): ChargeOutcome;
  find(key: string): Payment | undefined;
  /** Gives the money back; without a charge, voids the key, so that a late charge is refused. */
  refund(key: string): RefundOutcome;
  /** Gives a payment back by its id; undefined where there is none. */
  refundPayment(paymentId: string): RefundOutcome | undefined;
  view(): LedgerView;
  /** Forgets everything. */
  clear(): void;
}

/** Opens the books, with what an earlier process has kept in them. */
export function createPaymentLedger(clock: Clock, maps: KeptMaps): PaymentLedger {
  const payments = maps.map<Payment>('payments/books');
  /** Keys whose one failure is behind them. */
  const failed = maps.map<true>('payments/failed');

  function record(key: string, request: ChargeRequest): Payment {
    const payment: Payment = {
      key,
      paymentId: `pay_${randomUUID()}`,
      ...request,
      status: 'charged',
      at: clock.now(),
    };
    payments.set(key, payment);
    return payment;
  }

  function charge(key: string, request: ChargeRequest): ChargeOutcome {
    const known = payments.get(key);
    if (known !== undefined && known.status !== 'charged') return { kind: known.status };
    if (known !== undefined) {
      return isSame(known, request)
        ? { kind: 'charged', payment: known, isNew: false }
        : { kind: 'key-reused' };
    }
    switch (request.cardToken) {
      case 'tok_decline':
        return { kind: 'declined' };
      case 'tok_timeout_before':
        return { kind: 'silent' };
      case 'tok_timeout_after':
        record(key, request);
        return { kind: 'silent' };
      case 'tok_error_once':
        if (!failed.has(key)) {
          failed.set(key, true);
          return { kind: 'failed' };
        }
        return { kind: 'charged', payment: record(key, request), isNew: true };
      case 'tok_approve':
      case 'tok_refund_fails':
        return { kind: 'charged', payment: record(key, request), isNew: true };
    }
  }

  function refund(key: string): RefundOutcome {
    const payment = payments.get(key) ?? voided(key, clock.now());
    if (payment.cardToken === 'tok_refund_fails') return { kind: 'failed' };
    const status = payment.status === 'voided' ? 'voided' : 'refunded';
    payments.set(key, { ...payment, status });
    return { kind: 'done', status };
  }

  return {
    charge,
    find: (key) => payments.get(key),
    refund,
    refundPayment(paymentId) {
      const payment = [...payments.values()].find((each) => each.paymentId === paymentId);
      return payment && refund(payment.key);
    },
    view: () => ({ payments: [...payments.values()], net: netOf(payments.values()) }),
    clear() {
      payments.clear();
      failed.clear();
    },
  };
}

function voided(key: string, at: Date): Payment {
  return {
    key,
    paymentId: `pay_${randomUUID()}`,
    orderId: undefined,
    amount: 0,
    currency: undefined,
    cardToken: undefined,
    status: 'voided',
    at,
  };
}

function isSame(payment: Payment, request: ChargeRequest): boolean {
  return (
    payment.orderId === request.orderId &&
    payment.amount === request.amount &&
    payment.currency === request.currency &&
    payment.cardToken === request.cardToken
  );
}

function netOf(payments: Iterable<Payment>): Record<string, number> {
  const net: Record<string, number> = {};
  for (const { currency, amount, status } of payments) {
    if (currency === undefined) continue;
    net[currency] = (net[currency] ?? 0) + (status === 'charged' ? amount : 0);
  }
  return net;
}
