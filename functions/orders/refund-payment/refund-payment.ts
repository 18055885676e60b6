import { type InferOutput, object, string } from 'valibot';
import { chargedFields, chargedOrder } from '../charged-order.ts';
import type { PaymentClient } from '../payment-client.ts';

/** The input from the workflow. */
export const RefundPaymentSchema = object({
  orderId: string(),
  idempotencyKey: string(),
  /** Empty where it is not known. */
  paymentId: string(),
  ...chargedFields,
});

/**
 * Gives the money back, or voids the key where none was taken, so that a charge still under way is
 * refused; the same answer however often it is called.
 */
export async function refundPayment(
  payments: Pick<PaymentClient, 'refund'>,
  { idempotencyKey, paymentId, ...order }: InferOutput<typeof RefundPaymentSchema>,
): Promise<{ readonly status: 'refunded' | 'voided' }> {
  const { status } = await payments.refund({
    key: idempotencyKey,
    paymentId,
    order: chargedOrder(order),
  });
  return { status };
}
