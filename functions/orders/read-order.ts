import { type SafeParseResult, safeParse } from 'valibot';
import { type Order, OrderPlacedSchema } from './order-schema.ts';
import { payloadHash } from './payload-hash.ts';

/** A valid order, and the hash that tells it from another order under the same id. */
export interface ValidatedOrder {
  readonly order: Order;
  readonly payloadHash: string;
}

/** An event's detail as an order, or what is wrong with it. */
export type ReadOrder =
  | { readonly ok: true; readonly value: ValidatedOrder }
  | { readonly ok: false; readonly issues: Issues };

type Issues = NonNullable<SafeParseResult<typeof OrderPlacedSchema>['issues']>;

/**
 * Reads an event's detail as an order; `placedAt` comes out with milliseconds, so that the times of
 * all orders sort as text.
 */
export function readOrder(detail: unknown): ReadOrder {
  const parsed = safeParse(OrderPlacedSchema, detail);
  if (!parsed.success) return { ok: false, issues: parsed.issues };
  const order = { ...parsed.output, placedAt: new Date(parsed.output.placedAt).toISOString() };
  return { ok: true, value: { order, payloadHash: payloadHash(order) } };
}
