import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { type InferOutput, object, string } from 'valibot';
import {
  OutOfStockError,
  ReservationReleasedError,
  StockContentionError,
} from '../../shared/errors.ts';
import { LinesSchema } from '../order-schema.ts';
import { isContention, quantitiesBySku, type Reservation } from '../reservation.ts';

/** The input from the workflow. */
export const ReserveStockSchema = object({ orderId: string(), lines: LinesSchema });

type ReserveStock = InferOutput<typeof ReserveStockSchema>;

/** Takes every quantity and writes the reservation, or does neither. */
export function reserveTransaction(
  tables: { readonly reservations: string; readonly inventory: string },
  { orderId, lines }: ReserveStock,
): TransactWriteCommandInput {
  const items = quantitiesBySku(lines);
  return {
    TransactItems: [
      {
        Put: {
          TableName: tables.reservations,
          Item: { orderId, status: 'RESERVED', items } satisfies Reservation,
          ConditionExpression: 'attribute_not_exists(orderId)',
        },
      },
      ...items.map(({ sku, quantity }) => ({
        Update: {
          TableName: tables.inventory,
          Key: { sku },
          UpdateExpression: 'SET available = available - :quantity',
          // False also where the item does not exist.
          ConditionExpression: 'available >= :quantity',
          ExpressionAttributeValues: { ':quantity': quantity },
        },
      })),
    ],
  };
}

/**
 * Says what a cancelled reservation means, from its cancellation codes (the reservation's first, then
 * one for each stock item): an error, or that a reservation is there already.
 */
export function refusal(
  { lines }: ReserveStock,
  codes: readonly string[],
): OutOfStockError | StockContentionError | 'reservation-exists' | undefined {
  const [reservationCode, ...stockCodes] = codes;
  if (reservationCode === 'ConditionalCheckFailed') return 'reservation-exists';
  const short = quantitiesBySku(lines)
    .filter((_, index) => stockCodes[index] === 'ConditionalCheckFailed')
    .map(({ sku }) => sku);
  if (short.length > 0) return new OutOfStockError(`Not enough in stock: ${short.join(', ')}`);
  if (isContention(codes)) return new StockContentionError('Other orders hold the same stock');
  return undefined;
}

/**
 * Accepts the reservation that an earlier attempt wrote.
 * @throws {ReservationReleasedError} When the order's compensation came first.
 */
export function acceptExisting(existing: Pick<Reservation, 'status'> | undefined): void {
  if (existing?.status !== 'RESERVED') {
    throw new ReservationReleasedError('The reservation was released before it was made');
  }
}
