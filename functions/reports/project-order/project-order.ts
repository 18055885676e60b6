import type { SqlParameter } from '@aws-sdk/client-rds-data';
import {
  array,
  type InferOutput,
  literal,
  nullable,
  number,
  object,
  optional,
  string,
  variant,
} from 'valibot';
import { json, text, whole } from '../sql-parameter.ts';

const envelope = { id: string(), time: string() };

/** An event that changes the relational data, as the queue has it. */
export const ProjectedEventSchema = variant('detail-type', [
  object({
    ...envelope,
    'detail-type': literal('OrderConfirmed'),
    detail: object({
      orderId: string(),
      userId: string(),
      confirmedAt: string(),
      currency: string(),
      total: number(),
    }),
  }),
  object({
    ...envelope,
    'detail-type': literal('OrderFailed'),
    detail: object({
      orderId: string(),
      userId: string(),
      failedAt: string(),
      reason: object({ error: string() }),
    }),
  }),
  object({
    ...envelope,
    'detail-type': literal('UserChanged'),
    detail: object({
      userId: string(),
      userVersion: number(),
      name: string(),
      email: nullable(string()),
    }),
  }),
]);

export type ProjectedEvent = InferOutput<typeof ProjectedEventSchema>;
type OrderEvent = Exclude<ProjectedEvent, { 'detail-type': 'UserChanged' }>;

/** The fields of the order's record that its events do not have. */
export const RecordedOrderSchema = object({
  placedAt: string(),
  currency: string(),
  total: number(),
  lines: array(object({ sku: string(), quantity: number(), unitPrice: number() })),
});

/** The same of the user's record. */
export const RecordedUserSchema = object({ name: string(), email: optional(string()) });

/** What the tables know beside the event; undefined where they have no such record. */
export interface Known {
  readonly order: InferOutput<typeof RecordedOrderSchema> | undefined;
  readonly user: InferOutput<typeof RecordedUserSchema> | undefined;
}

/** A statement and its parameters. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly SqlParameter[];
}

/**
 * One statement does all or nothing: an event that was taken before changes nothing (`fresh` is
 * empty), and neither does one that is older than what the order has. A name that a `UserChanged` told
 * is never replaced by one that was read.
 */
const PROJECT_ORDER = `WITH fresh AS (
  INSERT INTO projected_events (event_id, happened_at)
  VALUES (:eventId, :happenedAt::timestamptz)
  ON CONFLICT DO NOTHING RETURNING event_id
), known AS (
  INSERT INTO users (user_id, name, email)
  SELECT :userId, :userName, :email::text FROM fresh
  ON CONFLICT (user_id) DO UPDATE SET name = excluded.name, email = excluded.email
  WHERE users.version = 0
  RETURNING user_id
), taken AS (
  INSERT INTO orders
    (order_id, user_id, status, currency, total, placed_at, ended_at, told_at, failure, version)
  SELECT :orderId, :userId, :status, :currency::text, :total::bigint, :placedAt::timestamptz,
    :endedAt::timestamptz, :happenedAt::timestamptz, :failure::text, :version FROM fresh
  ON CONFLICT (order_id) DO UPDATE SET
    user_id = excluded.user_id, status = excluded.status, currency = excluded.currency,
    total = excluded.total, placed_at = excluded.placed_at, ended_at = excluded.ended_at,
    told_at = excluded.told_at, failure = excluded.failure, version = excluded.version
  WHERE orders.version < excluded.version
  RETURNING order_id
)
INSERT INTO order_lines (order_id, line, sku, quantity, unit_price)
SELECT taken.order_id, one.line, one.sku, one.quantity, one."unitPrice"
FROM taken, jsonb_to_recordset(:lines)
  AS one(line integer, sku text, quantity integer, "unitPrice" bigint)
ON CONFLICT (order_id, line) DO NOTHING`;

const PROJECT_USER = `WITH fresh AS (
  INSERT INTO projected_events (event_id, happened_at)
  VALUES (:eventId, :happenedAt::timestamptz)
  ON CONFLICT DO NOTHING RETURNING event_id
)
INSERT INTO users (user_id, name, email, version)
SELECT :userId, :userName, :email::text, :version FROM fresh
ON CONFLICT (user_id) DO UPDATE SET
  name = excluded.name, email = excluded.email, version = excluded.version
WHERE users.version < excluded.version`;

/** Writes an event as the statement that takes it. */
export function projectionOf(event: ProjectedEvent, known: Known): Statement {
  const taken = [text('eventId', event.id), text('happenedAt', event.time)];
  if (event['detail-type'] === 'UserChanged') {
    const { userId, name, email, userVersion } = event.detail;
    const user = [
      text('userId', userId),
      text('userName', name),
      text('email', email ?? undefined),
    ];
    return { sql: PROJECT_USER, parameters: [...taken, ...user, whole('version', userVersion)] };
  }
  return { sql: PROJECT_ORDER, parameters: [...taken, ...orderParameters(event, known)] };
}

function orderParameters(event: OrderEvent, { order, user }: Known): readonly SqlParameter[] {
  const { orderId, userId } = event.detail;
  const { endedAt, status, currency, total, failure } = endOf(event);
  return [
    text('orderId', orderId),
    text('userId', userId),
    text('userName', user?.name ?? userId),
    text('email', user?.email),
    text('status', status),
    text('currency', currency ?? order?.currency),
    whole('total', total ?? order?.total),
    text('placedAt', order?.placedAt),
    text('endedAt', endedAt),
    text('failure', failure),
    whole('version', Date.parse(endedAt)),
    json(
      'lines',
      (order?.lines ?? []).map((one, at) => ({ line: at + 1, ...one })),
    ),
  ];
}

interface OrderEnd {
  readonly endedAt: string;
  readonly status: 'CONFIRMED' | 'FAILED';
  readonly currency?: string;
  readonly total?: number;
  readonly failure?: string;
}

function endOf(event: OrderEvent): OrderEnd {
  if (event['detail-type'] === 'OrderFailed') {
    const { failedAt, reason } = event.detail;
    return { endedAt: failedAt, status: 'FAILED', failure: reason.error };
  }
  const { confirmedAt, currency, total } = event.detail;
  return { endedAt: confirmedAt, status: 'CONFIRMED', currency, total };
}
