import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type InferOutput, parse } from 'valibot';
import { documents, isConditionRefused, readItem } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { logger } from '../../shared/logger.ts';
import { countMetric } from '../../shared/metrics.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { type StoredOrder, StoredOrderSchema } from '../stored-order.ts';
import {
  acceptForeign,
  FailOrderSchema,
  type FailureCounts,
  failedPut,
  failUpdate,
  failureCounts,
  readableFailure,
} from './fail-order.ts';

const ordersTable = requiredVariable('ORDERS_TABLE');

/** Records the order's failure, counts it, and returns it in readable form. */
export const handler = taskHandler({
  input: FailOrderSchema,
  correlationId: ({ orderId }) => orderId,
  run: async (request) => {
    const before = await fail(request);
    if (before !== undefined) count(failureCounts(request, before));
    const { compensationFailures, failure } = request;
    logger.info('Order failed', { reason: failure.Error, compensationFailures });
    return { failure: readableFailure(failure), recorded: before !== undefined };
  },
});

/** The order as it was before; undefined where it is not this execution's to fail, or none. */
async function fail(
  request: InferOutput<typeof FailOrderSchema>,
): Promise<Pick<StoredOrder, 'failedAt'> | undefined> {
  try {
    const update = new UpdateCommand(failUpdate(ordersTable, request));
    return parse(StoredOrderSchema, (await documents.send(update)).Attributes);
  } catch (error) {
    if (!isConditionRefused(error)) throw error;
  }
  const { orderId, executionArn } = request;
  const existing = await readItem(ordersTable, { orderId }, StoredOrderSchema);
  if (existing === undefined) return writeFailed(request);
  acceptForeign(existing, executionArn);
  return undefined;
}

async function writeFailed(
  request: InferOutput<typeof FailOrderSchema>,
): Promise<Pick<StoredOrder, 'failedAt'> | undefined> {
  const put = failedPut(ordersTable, request);
  if (put === undefined) return undefined;
  await documents.send(new PutCommand(put));
  return {};
}

function count({ failedFor, compensated, compensationsFailed }: FailureCounts): void {
  if (failedFor !== undefined) countMetric('OrdersFailed', 1, { Reason: failedFor });
  if (compensated) countMetric('OrdersCompensated', 1);
  if (compensationsFailed > 0) countMetric('CompensationsFailed', compensationsFailed);
}
