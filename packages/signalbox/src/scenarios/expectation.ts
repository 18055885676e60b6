import * as v from 'valibot';

const PaymentStatus = v.picklist(['charged', 'refunded', 'voided', 'none']);

/** An order's id; a `*` at its end stands for whatever follows, where a race has no fixed winner. */
const OrderId = v.string();

/** A value at a path such as `rds.web-data.writer`, in the world as it is shown or in an output. */
const Values = v.record(
  v.string(),
  v.union([v.string(), v.number(), v.boolean(), v.null(), v.array(v.string())]),
);

/** What must come of a scenario; what it does not name may be as it likes. */
export const ExpectationSchema = v.strictObject({
  executions: v.array(
    v.strictObject({
      orderId: v.optional(OrderId),
      status: v.string(),
      error: v.optional(v.string()),
      lastState: v.optional(v.string()),
      output: v.optional(Values, {}),
    }),
  ),
  orders: v.optional(v.array(v.strictObject({ orderId: OrderId, status: v.string() })), []),
  stock: v.optional(v.record(v.string(), v.number()), {}),
  /** One status, or those of all orders that fit the id, in any order. */
  payments: v.optional(v.record(OrderId, v.union([PaymentStatus, v.array(PaymentStatus)])), {}),
  deadLetters: v.optional(v.number(), 0),
  compensationFailures: v.optional(v.array(v.string()), []),
  world: v.optional(Values, {}),
  /** No target of a failover is locked any more. */
  locksFree: v.optional(v.boolean(), false),
  /** Calls that change what is around the app, such as `rds:FailoverDBCluster`, in any order. */
  mutatingCalls: v.optional(v.array(v.string())),
  /** Objects that come to the bucket of the reports; a `*` in a key stands for whatever is there. */
  reports: v.optional(v.array(v.string()), []),
  /** Detail types of the events that the platform publishes on the operations' bus, in any order. */
  published: v.optional(v.array(v.string())),
  /** What the platform's metrics grow by, as they are summed up under Environment alone. */
  metrics: v.optional(v.record(v.string(), v.number()), {}),
});

/** What must come of a scenario. */
export type Expectation = v.InferOutput<typeof ExpectationSchema>;
