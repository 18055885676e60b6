import { expectationKind, fields, isLike, listOf, Text } from 'signalbox';
import type * as v from 'valibot';
import { orderIdsOf } from './order-ids.ts';
import { readItems } from './read-items.ts';

const ExpectedOrder = fields({
  /** A `*` stands for whatever is there, where a race has no fixed winner. */
  orderId: Text,
  status: Text,
});

type Order = v.InferOutput<typeof ExpectedOrder>;

/** The status of orders in the table, each of an order of its own. */
export const orders = expectationKind(
  listOf(ExpectedOrder),
  async (expected, { stage }) =>
    async ({ executions }) => {
      const table = { table: 'OrdersTable', key: 'orderId' };
      const items = await readItems(stage, table, orderIdsOf(executions));
      const found = items.map(({ orderId, status }) => ({
        orderId: String(orderId),
        status: String(status),
      }));
      return { found: found.map(textOf), differences: orderDifferences(expected, found) };
    },
);

/** Compares orders with those that are expected; each of these takes one. */
export function orderDifferences(
  expected: readonly Order[],
  found: readonly Order[],
): readonly string[] {
  const left = [...found];
  const missing = expected.filter((one) => {
    const isFit = (order: Order) =>
      isLike(one.orderId, order.orderId) && order.status === one.status;
    const index = left.findIndex(isFit);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  const got = left.map(textOf).join(', ') || 'none';
  return missing.map(({ orderId, status }) => `order ${orderId}: expected ${status}, got ${got}`);
}

function textOf({ orderId, status }: Order): string {
  return `${orderId} ${status}`;
}
