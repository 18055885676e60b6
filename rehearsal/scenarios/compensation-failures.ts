import { difference, expectationKind, listOf, sortedText, Text } from 'signalbox';
import { orderIdsOf } from './order-ids.ts';
import { type Item, readItems } from './read-items.ts';

/** Steps of the compensation that failed, of all orders of the scenario; none unless a scenario names them. */
export const compensationFailures = expectationKind(
  listOf(Text),
  async (expected, { stage }) =>
    async ({ executions }) => {
      const table = { table: 'OrdersTable', key: 'orderId' };
      const orders = await readItems(stage, table, orderIdsOf(executions));
      const found = orders.flatMap(failedSteps);
      return {
        found,
        differences: difference('failed compensations', sortedText(expected), sortedText(found)),
      };
    },
  [],
);

function failedSteps({ compensationFailures: failures }: Item): readonly string[] {
  if (!Array.isArray(failures)) return [];
  return failures.map((failure: { readonly step?: string }) => String(failure.step));
}
