import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { array, object, parse, string } from 'valibot';
import { documents, isConditionRefused } from '../../shared/dynamodb.ts';
import { emitMetric } from '../../shared/emit-metric.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { asError, logger } from '../../shared/logger.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { describeEnd } from '../execution-end.ts';
import { readBegun } from './begun-reconciliations.ts';
import { reconciliationNameOf } from './reconciliation-name.ts';
import { readStopped } from './stopped-executions.ts';
import {
  closeUpdate,
  type OpenOrder,
  OpenOrderSchema,
  oldestSeconds,
  openOrdersQuery,
  sweepStep,
} from './sweep-open-orders.ts';

const ordersTable = requiredVariable('ORDERS_TABLE');
const stateMachineArn = requiredVariable('RECONCILIATION_ARN');
const processingArn = requiredVariable('ORDER_PROCESSING_ARN');
const client = new SFNClient({});

/**
 * Looks at every open order, and at every execution that was stopped, which may have written none: the second line behind the status-change events of executions, which
 * EventBridge delivers as well as it can and no better.
 */
export const handler = taskHandler({
  // The schedule's own time, ISO 8601.
  input: object({ time: string() }),
  correlationId: ({ time }) => time,
  run: async ({ time }) => {
    const nowMs = Date.parse(time);
    const begun = await readBegun(client, stateMachineArn, nowMs);
    const orders = await readOpenOrders();
    const open: OpenOrder[] = [];
    const failed: Error[] = [];
    for (const order of orders) {
      try {
        if (await sweep(order, begun, nowMs)) open.push(order);
      } catch (error) {
        // One order that cannot be looked after does not keep the others waiting.
        const { orderId } = order;
        logger.error('Cannot look after the order', { orderId, error: asError(error) });
        open.push(order);
        failed.push(asError(error));
      }
    }
    emitMetric('OldestOpenOrderSeconds', MetricUnit.Seconds, oldestSeconds(open, nowMs));
    emitMetric('OpenOrders', MetricUnit.Count, open.length);
    failed.push(...(await sweepStopped(begun, nowMs)));
    if (failed.length > 0)
      throw new AggregateError(failed, `Cannot look after ${failed.length} orders or executions`);
    return { looked: orders.length, open: open.length };
  },
});

async function readOpenOrders(): Promise<readonly OpenOrder[]> {
  const orders: OpenOrder[] = [];
  for await (const page of paginateQuery({ client: documents }, openOrdersQuery(ordersTable))) {
    orders.push(...parse(array(OpenOrderSchema), page.Items ?? []));
  }
  return orders;
}

/** Returns whether the order stays open. */
async function sweep(
  order: OpenOrder,
  begun: ReadonlySet<string>,
  nowMs: number,
): Promise<boolean> {
  const step = sweepStep(order, await describeEnd(order.executionArn), nowMs);
  if (step.kind === 'close') {
    await close(order);
    return false;
  }
  if (step.kind === 'reconcile' && !begun.has(step.executionName)) {
    const { orderId, executionArn } = order;
    await reconcile(step.executionName, { executionArn, orderId });
  }
  return true;
}

async function close(order: OpenOrder): Promise<void> {
  try {
    await documents.send(new UpdateCommand(closeUpdate(ordersTable, order)));
  } catch (error) {
    if (!isConditionRefused(error)) throw error;
  }
}

/** Returns the errors of those that could not be looked after. */
async function sweepStopped(begun: ReadonlySet<string>, nowMs: number): Promise<readonly Error[]> {
  const failed: Error[] = [];
  for (const execution of await readStopped(client, processingArn, nowMs)) {
    const { executionArn } = execution;
    const name = reconciliationNameOf(execution, nowMs);
    if (name === undefined || begun.has(name)) continue;
    try {
      await reconcile(name, { executionArn });
    } catch (error) {
      logger.error('Cannot look after the execution', { executionArn, error: asError(error) });
      failed.push(asError(error));
    }
  }
  return failed;
}

/** A name is taken once: whoever comes again with it has come too soon. */
async function reconcile(
  name: string,
  input: { readonly executionArn: string; readonly orderId?: string },
): Promise<void> {
  try {
    const command = { stateMachineArn, name, input: JSON.stringify(input) };
    await client.send(new StartExecutionCommand(command));
    logger.warn('Reconciliation started', input);
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
}
