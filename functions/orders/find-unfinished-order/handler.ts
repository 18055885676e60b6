import { readItem } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { logger } from '../../shared/logger.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { StoredOrderSchema } from '../stored-order.ts';
import { ExecutionEndedSchema, findUnfinished, orderIdOfInput } from './find-unfinished-order.ts';

const ordersTable = requiredVariable('ORDERS_TABLE');

/** Finds the order that an execution left unfinished. */
export const handler = taskHandler({
  input: ExecutionEndedSchema,
  correlationId: ({ detail }) => orderIdOfInput(detail.input),
  run: async ({ detail }) => {
    const orderId = orderIdOfInput(detail.input);
    const order =
      orderId === undefined
        ? undefined
        : await readItem(ordersTable, { orderId }, StoredOrderSchema);
    const found = findUnfinished(detail, order);
    logger.info('Execution ended', { status: detail.status, outcome: found.outcome });
    return found;
  },
});
