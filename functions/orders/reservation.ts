import { array, type InferOutput, number, object, picklist, string } from 'valibot';
import type { PricedLine } from './order-total.ts';

const ReservedItemSchema = object({ sku: string(), quantity: number() });

/** The Reservations table's item of an order: `RELEASED` with no items bars a late reservation. */
export const ReservationSchema = object({
  orderId: string(),
  status: picklist(['RESERVED', 'RELEASED']),
  items: array(ReservedItemSchema),
});

/** The Reservations table's item of an order. */
export type Reservation = InferOutput<typeof ReservationSchema>;

/** Adds up the lines by stock item: DynamoDB takes each item once in a transaction. */
export function quantitiesBySku(
  lines: readonly (Pick<PricedLine, 'quantity'> & { readonly sku: string })[],
): Reservation['items'] {
  const bySku = new Map<string, number>();
  for (const { sku, quantity } of lines) bySku.set(sku, (bySku.get(sku) ?? 0) + quantity);
  return [...bySku].map(([sku, quantity]) => ({ sku, quantity }));
}

const CONTENTION_CODES = [
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
];

/** Returns whether a transaction lost a race, and may be tried again, by its cancellation codes. */
export function isContention(codes: readonly string[]): boolean {
  return codes.some((code) => CONTENTION_CODES.includes(code));
}
