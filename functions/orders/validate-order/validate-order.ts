import { object, safeParse } from 'valibot';
import { InvalidOrderError } from '../../shared/errors.ts';
import { inputProblems, problemsText } from '../../shared/problems.ts';
import { IdSchema, type Order, OrderPlacedSchema } from '../order-schema.ts';
import { payloadHash } from '../payload-hash.ts';

/** A valid order, and the hash that tells it from another order under the same id. */
export interface ValidatedOrder {
  readonly order: Order;
  readonly payloadHash: string;
}

/**
 * Reads an EventBridge event's detail as an order; `placedAt` comes out with milliseconds, so that
 * the times of all orders sort as text.
 * @throws {InvalidOrderError} With every problem, by path.
 */
export function validateOrder(event: unknown): ValidatedOrder {
  const detail =
    typeof event === 'object' && event !== null && 'detail' in event ? event.detail : undefined;
  const parsed = safeParse(OrderPlacedSchema, detail);
  if (!parsed.success) {
    throw new InvalidOrderError(
      `The event is no valid order: ${problemsText(inputProblems(parsed.issues))}`,
    );
  }
  const order = { ...parsed.output, placedAt: new Date(parsed.output.placedAt).toISOString() };
  return { order, payloadHash: payloadHash(order) };
}

/** Finds the order's id, for the log, in an event that may be anything. */
export function orderIdOf(event: unknown): string | undefined {
  const parsed = safeParse(object({ detail: object({ orderId: IdSchema }) }), event);
  return parsed.success ? parsed.output.detail.orderId : undefined;
}
