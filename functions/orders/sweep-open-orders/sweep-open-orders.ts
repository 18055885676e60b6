import type { QueryCommandInput, UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { type InferOutput, object, string } from 'valibot';
import type { ExecutionEnd } from '../execution-end.ts';
import { OPEN } from '../stored-order.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** An order in the index of open orders. */
export const OpenOrderSchema = object({
  orderId: string(),
  /** ISO 8601. */
  openSince: string(),
  status: string(),
  executionArn: string(),
});

/** An order in the index of open orders. */
export type OpenOrder = InferOutput<typeof OpenOrderSchema>;

/** The work on an open order: none yet, to be closed, or to be reconciled under this name. */
export type SweepStep =
  | { readonly kind: 'wait' }
  | { readonly kind: 'close' }
  | { readonly kind: 'reconcile'; readonly executionName: string };

/** The open orders, oldest first. */
export function openOrdersQuery(tableName: string): QueryCommandInput {
  return {
    TableName: tableName,
    IndexName: 'openOrders',
    KeyConditionExpression: '#open = :open',
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: { ':open': OPEN },
  };
}

/**
 * Decides what an open order needs, by its execution. The name makes a second start of the same
 * reconciliation a refusal: one an hour on the first day, then one a day.
 * @param nowMs Unix milliseconds.
 */
export function sweepStep(order: OpenOrder, end: ExecutionEnd, nowMs: number): SweepStep {
  if (end.status === 'RUNNING') return { kind: 'wait' };
  if (end.status === 'SUCCEEDED' && order.status === 'CONFIRMED') return { kind: 'close' };
  const isYoung = nowMs - Date.parse(order.openSince) < DAY_MS;
  const turn = isYoung ? `h${Math.floor(nowMs / HOUR_MS)}` : `d${Math.floor(nowMs / DAY_MS)}`;
  return { kind: 'reconcile', executionName: `${order.orderId}-${turn}` };
}

/** Takes an order whose end is announced out of the index. */
export function closeUpdate(
  tableName: string,
  { orderId, executionArn }: OpenOrder,
): UpdateCommandInput {
  return {
    TableName: tableName,
    Key: { orderId },
    UpdateExpression: 'REMOVE #open, openSince',
    ConditionExpression: 'executionArn = :execution AND #status = :confirmed',
    ExpressionAttributeNames: { '#open': 'open', '#status': 'status' },
    ExpressionAttributeValues: { ':execution': executionArn, ':confirmed': 'CONFIRMED' },
  };
}

/** Seconds since the oldest of the orders that stay open was placed; 0 where none does. */
export function oldestSeconds(open: readonly OpenOrder[], nowMs: number): number {
  const ages = open.map(({ openSince }) => (nowMs - Date.parse(openSince)) / 1_000);
  return ages.reduce((oldest, age) => Math.max(oldest, age), 0);
}
