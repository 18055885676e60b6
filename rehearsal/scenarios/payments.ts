import {
  difference,
  expectationKind,
  isLike,
  listOf,
  mapOf,
  oneOf,
  type Stage,
  sortedText,
  valueAt,
} from 'signalbox';
import * as v from 'valibot';
import { orderIdsOf } from './order-ids.ts';

const PaymentStatus = oneOf(['charged', 'refunded', 'voided', 'none']);

/** The payment of each order; one status, or those of all orders that fit the id, in any order. */
export const payments = expectationKind(
  mapOf(v.union([PaymentStatus, listOf(PaymentStatus)])),
  async (expected, { stage }) =>
    async ({ executions }) => {
      const all = orderIdsOf(executions).map((id) => [id, statusOf(stage, id)] as const);
      const differences = Object.entries(expected).flatMap(([pattern, statuses]) => {
        const got = all.filter(([orderId]) => isLike(pattern, orderId)).map(([, one]) => one);
        return difference(`payment of ${pattern}`, sortedText([statuses].flat()), sortedText(got));
      });
      return { found: Object.fromEntries(all), differences };
    },
);

/** The charge that the provider holds under the order's key; a charge that never came may have been voided there. */
function statusOf({ simulatedResources }: Stage, orderId: string): string {
  const status = valueAt(
    simulatedResources.show('payments') ?? {},
    `payments.payments.${orderId}-charge`,
  );
  return typeof status === 'string' ? status : 'none';
}
