import type { OrderStage } from './order-stage.ts';
import { openOrders } from './tables.ts';

/**
 * Does what the runbook asks of an operator where a refund will never be made: it is paid back otherwise,
 * and the order is closed. Later runs would look after it at every sweep.
 */
export async function settleByHand(stage: OrderStage): Promise<void> {
  for (const { orderId } of await openOrders(stage)) {
    await stage.stage.call('dynamodb', 'UpdateItem', {
      TableName: stage.stage.physicalId('OrdersTable'),
      Key: { orderId: { S: String(orderId) } },
      UpdateExpression: 'SET compensationFailures = :none REMOVE #open, openSince',
      ConditionExpression: '#status = :failed',
      ExpressionAttributeNames: { '#open': 'open', '#status': 'status' },
      ExpressionAttributeValues: { ':none': { L: [] }, ':failed': { S: 'FAILED' } },
    });
  }
}
