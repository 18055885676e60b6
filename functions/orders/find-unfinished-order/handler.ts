import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { documents, isConditionRefused, readItem } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { logger } from '../../shared/logger.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { describeEnd, type ExecutionEnd, hasEndedBadly } from '../execution-end.ts';
import { type StoredOrder, StoredOrderSchema } from '../stored-order.ts';
import {
  FindUnfinishedOrderSchema,
  findUnfinished,
  lateClaim,
  orderIdOfInput,
} from './find-unfinished-order.ts';

const ordersTable = requiredVariable('ORDERS_TABLE');

/** Finds the order that an execution left unfinished. */
export const handler = taskHandler({
  input: FindUnfinishedOrderSchema,
  correlationId: ({ orderId, executionArn }) => orderId ?? executionArn,
  run: async ({ executionArn, orderId, foundAt }) => {
    const end = await describeEnd(executionArn);
    const id = orderId ?? orderIdOfInput(end.input);
    const order = id === undefined ? undefined : await readOrClaim(id, end, foundAt);
    const found = findUnfinished(end, order);
    logger.info('Execution ended', { status: end.status, outcome: found.outcome });
    return found;
  },
});

async function readOrClaim(
  orderId: string,
  end: ExecutionEnd,
  foundAt: string,
): Promise<StoredOrder | undefined> {
  const existing = await readItem(ordersTable, { orderId }, StoredOrderSchema);
  const isMissing = existing === undefined && hasEndedBadly(end);
  const claim = isMissing ? lateClaim(ordersTable, end, foundAt) : undefined;
  if (claim === undefined) return existing;
  try {
    await documents.send(new PutCommand(claim));
  } catch (error) {
    if (!isConditionRefused(error)) throw error;
  }
  return readItem(ordersTable, { orderId }, StoredOrderSchema);
}
