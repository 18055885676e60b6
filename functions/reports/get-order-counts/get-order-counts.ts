import type { SqlParameter } from '@aws-sdk/client-rds-data';
import { type InferOutput, number, object, strictObject, string } from 'valibot';
import { type PageRequest, tokenOf } from '../page-request.ts';
import { text, whole } from '../sql-parameter.ts';

/** The row after which a page begins. */
export const RowKeySchema = strictObject({ name: string(), userId: string() });

type RowKey = InferOutput<typeof RowKeySchema>;

/** A user, with how many orders of theirs ended, and how many of these were confirmed. */
export const OrderCountSchema = object({
  userId: string(),
  name: string(),
  orders: number(),
  confirmed: number(),
});

type OrderCount = InferOutput<typeof OrderCountSchema>;

/** By name, and by id among equals: a page goes on after a row, so that no row is skipped while others come. */
export const ORDER_COUNTS = `SELECT u.user_id AS "userId", u.name, count(o.order_id) AS orders,
  count(o.order_id) FILTER (WHERE o.status = 'CONFIRMED') AS confirmed
FROM users u LEFT JOIN orders o ON o.user_id = u.user_id
WHERE (u.name, u.user_id) > (:afterName, :afterUserId)
GROUP BY u.user_id, u.name
ORDER BY u.name, u.user_id
LIMIT :limit`;

/** One row more than the page has: it says whether there is another page. */
export function orderCountParameters({
  limit,
  after,
}: PageRequest<RowKey>): readonly SqlParameter[] {
  return [
    text('afterName', after?.name ?? ''),
    text('afterUserId', after?.userId ?? ''),
    whole('limit', limit + 1),
  ];
}

/** The answer to a page's request. */
export interface OrderCountPage {
  readonly users: readonly OrderCount[];
  readonly nextToken?: string;
}

/** Cuts the page out of the rows. */
export function pageOfCounts(rows: readonly OrderCount[], limit: number): OrderCountPage {
  const users = rows.slice(0, limit);
  const last = users.at(-1);
  if (rows.length <= limit || last === undefined) return { users };
  return { users, nextToken: tokenOf({ name: last.name, userId: last.userId }) };
}
