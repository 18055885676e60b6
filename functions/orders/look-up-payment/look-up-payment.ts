import { type InferOutput, object, string } from 'valibot';
import { chargedFields, chargedOrder } from '../charged-order.ts';
import type { PaymentClient, PaymentState } from '../payment-client.ts';

/** The input from the workflow. */
export const LookUpPaymentSchema = object({
  orderId: string(),
  idempotencyKey: string(),
  ...chargedFields,
});

/** Asks what became of a charge whose answer was lost. */
export async function lookUpPayment(
  payments: Pick<PaymentClient, 'lookUp'>,
  { idempotencyKey, ...order }: InferOutput<typeof LookUpPaymentSchema>,
): Promise<PaymentState> {
  const { status, paymentId } = await payments.lookUp(idempotencyKey, chargedOrder(order));
  return paymentId === undefined ? { status } : { status, paymentId };
}
