import { type InferOutput, number, object, string } from 'valibot';
import type { PaymentClient } from '../payment-client.ts';

/** The input from the workflow: `amount` in minor units. */
export const ChargePaymentSchema = object({
  orderId: string(),
  idempotencyKey: string(),
  amount: number(),
  currency: string(),
  cardToken: string(),
});

/** Charges once under the key, however often it is called; its errors are the client's. */
export async function chargePayment(
  payments: Pick<PaymentClient, 'charge'>,
  { idempotencyKey, ...charge }: InferOutput<typeof ChargePaymentSchema>,
): Promise<{ readonly paymentId: string }> {
  const { paymentId } = await payments.charge(idempotencyKey, charge);
  return { paymentId };
}
