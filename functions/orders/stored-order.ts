import { array, type InferOutput, literal, number, object, optional, string, union } from 'valibot';
import { LinesSchema, type Order } from './order-schema.ts';

const FailureSchema = object({ error: string(), cause: string() });

/** The one key of the index of open orders. */
export const OPEN = 'OPEN';

/** A compensation that failed after all its retries: the state's name and the error's. */
export const CompensationFailureSchema = object({ step: string(), error: string() });

/** An order as the Orders table keeps it: no card token, no address, no note. */
export const StoredOrderSchema = object({
  orderId: string(),
  userId: string(),
  placedAt: string(),
  currency: string(),
  lines: LinesSchema,
  total: number(),
  shippingMethod: string(),
  status: union([
    literal('PROCESSING'),
    literal('CONFIRMED'),
    literal('COMPENSATING'),
    literal('FAILED'),
  ]),
  payloadHash: string(),
  /** The execution that claimed the order, and alone may change it. */
  executionArn: string(),
  claimedAt: string(),
  confirmedAt: optional(string()),
  paymentId: optional(string()),
  trackingId: optional(string()),
  failedAt: optional(string()),
  failure: optional(FailureSchema),
  compensationFailures: optional(array(CompensationFailureSchema)),
  /** The index of open orders: gone once the order's end is announced. */
  open: optional(literal(OPEN)),
  openSince: optional(string()),
});

/** An order as the Orders table keeps it. */
export type StoredOrder = InferOutput<typeof StoredOrderSchema>;

/** The part of an order that the table keeps when it is claimed. */
export function toStoredOrder(
  order: Order,
  claim: Pick<StoredOrder, 'payloadHash' | 'executionArn' | 'claimedAt'>,
): StoredOrder {
  return {
    orderId: order.orderId,
    userId: order.userId,
    placedAt: order.placedAt,
    currency: order.currency,
    lines: order.lines,
    total: order.total,
    shippingMethod: order.shipping.method,
    status: 'PROCESSING',
    open: OPEN,
    openSince: claim.claimedAt,
    ...claim,
  };
}

/** A customer's view of an order: nothing of the executions behind it. */
export function orderView(order: StoredOrder): object {
  const { orderId, userId, placedAt, currency, lines, total, shippingMethod, status } = order;
  return {
    orderId,
    userId,
    placedAt,
    currency,
    lines,
    total,
    shippingMethod,
    status,
    ...(order.confirmedAt === undefined ? {} : { confirmedAt: order.confirmedAt }),
    ...(order.trackingId === undefined ? {} : { trackingId: order.trackingId }),
    ...(order.failedAt === undefined ? {} : { failedAt: order.failedAt }),
    ...(order.failure === undefined ? {} : { reason: order.failure.error }),
  };
}
