import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { type InferOutput, object, string } from 'valibot';

/** The input from the workflow: `cancelledAt` in ISO 8601. */
export const CancelShipmentSchema = object({ orderId: string(), cancelledAt: string() });

/**
 * Cancels the shipment, or writes a cancelled one that bars a booking still in the queue; a second
 * call changes nothing but keeps the first's time.
 */
export function cancelUpdate(
  tableName: string,
  { orderId, cancelledAt }: InferOutput<typeof CancelShipmentSchema>,
): UpdateCommandInput {
  return {
    TableName: tableName,
    Key: { orderId },
    UpdateExpression:
      'SET #status = :cancelled, cancelledAt = if_not_exists(cancelledAt, :now) REMOVE taskToken',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':cancelled': 'CANCELLED', ':now': cancelledAt },
    ReturnValues: 'ALL_OLD',
  };
}
