import { number, optional, string } from 'valibot';
import type { ChargedOrder } from './payment-client.ts';

/** What a charge was about, in the input of a task; executions that began before it was passed have none of it. */
export const chargedFields = { amount: optional(number()), currency: optional(string()) };

/** The order of a charge as providers find it by; undefined where the input does not tell all of it. */
export function chargedOrder({
  orderId,
  amount,
  currency,
}: {
  readonly orderId: string;
  readonly amount?: number | undefined;
  readonly currency?: string | undefined;
}): ChargedOrder {
  return amount === undefined || currency === undefined ? undefined : { orderId, amount, currency };
}
