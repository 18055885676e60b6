import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { type InferOutput, object, string } from 'valibot';
import { OrderNotConfirmableError } from '../../shared/errors.ts';
import type { StoredOrder } from '../stored-order.ts';

/** The input from the workflow: the times in ISO 8601. */
export const ConfirmOrderSchema = object({
  orderId: string(),
  executionArn: string(),
  paymentId: string(),
  trackingId: string(),
  /** When the execution began. */
  startedAt: string(),
  confirmedAt: string(),
});

type ConfirmOrder = InferOutput<typeof ConfirmOrderSchema>;

/** Confirms the execution's own order while it is being processed. */
export function confirmUpdate(tableName: string, request: ConfirmOrder): UpdateCommandInput {
  return {
    TableName: tableName,
    Key: { orderId: request.orderId },
    UpdateExpression:
      'SET #status = :confirmed, confirmedAt = :confirmedAt, paymentId = :paymentId, trackingId = :trackingId',
    ConditionExpression: 'executionArn = :execution AND #status = :processing',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':confirmed': 'CONFIRMED',
      ':processing': 'PROCESSING',
      ':confirmedAt': request.confirmedAt,
      ':paymentId': request.paymentId,
      ':trackingId': request.trackingId,
      ':execution': request.executionArn,
    },
    ReturnValues: 'ALL_NEW',
  };
}

/**
 * Accepts the confirmation that an earlier attempt wrote.
 * @throws {OrderNotConfirmableError} When the order is being compensated, or is not this execution's.
 */
export function acceptConfirmed(
  existing: Pick<StoredOrder, 'status' | 'executionArn'> | undefined,
  executionArn: string,
): void {
  if (existing?.executionArn === executionArn && existing.status === 'CONFIRMED') return;
  throw new OrderNotConfirmableError(
    `Cannot confirm the order: it is ${existing?.status ?? 'not there'}`,
  );
}

/** Time that the order took since its execution began, in milliseconds: days where people were asked. */
export function timeToConfirmationMs({ startedAt, confirmedAt }: ConfirmOrder): number {
  return Math.max(0, Date.parse(confirmedAt) - Date.parse(startedAt));
}
