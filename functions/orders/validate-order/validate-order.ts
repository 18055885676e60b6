import { object, safeParse } from 'valibot';
import { InvalidOrderError } from '../../shared/errors.ts';
import { inputProblems, problemsText } from '../../shared/problems.ts';
import { IdSchema } from '../order-schema.ts';
import { readOrder, type ValidatedOrder } from '../read-order.ts';

/**
 * Reads an EventBridge event's detail as an order.
 * @throws {InvalidOrderError} With every problem, by path.
 */
export function validateOrder(event: unknown): ValidatedOrder {
  const detail =
    typeof event === 'object' && event !== null && 'detail' in event ? event.detail : undefined;
  const order = readOrder(detail);
  if (order.ok) return order.value;
  throw new InvalidOrderError(
    `The event is no valid order: ${problemsText(inputProblems(order.issues))}`,
  );
}

/** Finds the order's id, for the log, in an event that may be anything. */
export function orderIdOf(event: unknown): string | undefined {
  const parsed = safeParse(object({ detail: object({ orderId: IdSchema }) }), event);
  return parsed.success ? parsed.output.detail.orderId : undefined;
}
