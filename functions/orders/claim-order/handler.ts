import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { InferOutput } from 'valibot';
import { documents, isConditionRefused, readItem } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { logger } from '../../shared/logger.ts';
import { countMetric } from '../../shared/metrics.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { StoredOrderSchema } from '../stored-order.ts';
import { ClaimOrderSchema, type ClaimOutcome, claimOutcome, claimPut } from './claim-order.ts';

const ordersTable = requiredVariable('ORDERS_TABLE');

/** Claims the order for the execution. */
export const handler = taskHandler({
  input: ClaimOrderSchema,
  correlationId: ({ order }) => order.orderId,
  run: async (claim) => {
    const outcome = await claimOrder(claim);
    if (outcome !== 'claimed') {
      countMetric('DuplicateEvents', 1);
      logger.info('Order is not new', { outcome });
    }
    return { outcome };
  },
});

async function claimOrder(claim: InferOutput<typeof ClaimOrderSchema>): Promise<ClaimOutcome> {
  try {
    await documents.send(new PutCommand(claimPut(ordersTable, claim)));
    return 'claimed';
  } catch (error) {
    if (!isConditionRefused(error)) throw error;
  }
  const existing = await readItem(ordersTable, { orderId: claim.order.orderId }, StoredOrderSchema);
  if (existing === undefined) throw new Error('The order vanished between two calls');
  return claimOutcome(existing, claim);
}
