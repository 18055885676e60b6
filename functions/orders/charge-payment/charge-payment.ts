import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
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

/** Writes the payment's id to the order: whoever has to give the money back days later needs it. */
export function paymentUpdate(
  tableName: string,
  orderId: string,
  paymentId: string,
): UpdateCommandInput {
  return {
    TableName: tableName,
    Key: { orderId },
    UpdateExpression: 'SET paymentId = :paymentId',
    ConditionExpression: 'attribute_exists(orderId)',
    ExpressionAttributeValues: { ':paymentId': paymentId },
  };
}
