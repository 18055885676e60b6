import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type InferOutput, parse } from 'valibot';
import { documents, isConditionRefused, readItem } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { countMetric, orderValueMetric } from '../../shared/metrics.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { type StoredOrder, StoredOrderSchema } from '../stored-order.ts';
import {
  acceptConfirmed,
  ConfirmOrderSchema,
  confirmUpdate,
  timeToConfirmationMs,
} from './confirm-order.ts';

const ordersTable = requiredVariable('ORDERS_TABLE');

/** Confirms the order, and counts it when this very call did. */
export const handler = taskHandler({
  input: ConfirmOrderSchema,
  correlationId: ({ orderId }) => orderId,
  run: async (request) => {
    const confirmed = await confirm(request);
    if (confirmed !== undefined) {
      countMetric('OrdersConfirmed', 1);
      countMetric('TimeToConfirmation', timeToConfirmationMs(request));
      orderValueMetric(confirmed.total, confirmed.currency);
    }
    return { status: 'CONFIRMED' };
  },
});

async function confirm(
  request: InferOutput<typeof ConfirmOrderSchema>,
): Promise<StoredOrder | undefined> {
  try {
    const update = new UpdateCommand(confirmUpdate(ordersTable, request));
    return parse(StoredOrderSchema, (await documents.send(update)).Attributes);
  } catch (error) {
    if (!isConditionRefused(error)) throw error;
  }
  const { orderId, executionArn } = request;
  acceptConfirmed(await readItem(ordersTable, { orderId }, StoredOrderSchema), executionArn);
  return undefined;
}
