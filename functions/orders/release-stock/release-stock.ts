import type { PutCommandInput, TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { object, string } from 'valibot';
import type { Reservation } from '../reservation.ts';

/** The input from the workflow. */
export const ReleaseStockSchema = object({ orderId: string() });

/** The work that is left on a reservation. */
export type ReleaseStep =
  | { readonly kind: 'bar' }
  | { readonly kind: 'give-back'; readonly items: Reservation['items'] }
  | { readonly kind: 'done' };

/** Decides the next step: what is released stays released, however often it is asked for. */
export function nextReleaseStep(reservation: Reservation | undefined): ReleaseStep {
  if (reservation === undefined) return { kind: 'bar' };
  if (reservation.status === 'RELEASED') return { kind: 'done' };
  return { kind: 'give-back', items: reservation.items };
}

/** Writes the mark that refuses a reservation still under way. */
export function barPut(reservationsTable: string, orderId: string): PutCommandInput {
  return {
    TableName: reservationsTable,
    Item: { orderId, status: 'RELEASED', items: [] } satisfies Reservation,
    ConditionExpression: 'attribute_not_exists(orderId)',
  };
}

/** Marks the reservation as released and gives its items back, once. */
export function giveBackTransaction(
  tables: { readonly reservations: string; readonly inventory: string },
  orderId: string,
  items: Reservation['items'],
): TransactWriteCommandInput {
  return {
    TransactItems: [
      {
        Update: {
          TableName: tables.reservations,
          Key: { orderId },
          UpdateExpression: 'SET #status = :released',
          ConditionExpression: '#status = :reserved',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':released': 'RELEASED', ':reserved': 'RESERVED' },
        },
      },
      ...items.map(({ sku, quantity }) => ({
        Update: {
          TableName: tables.inventory,
          Key: { sku },
          UpdateExpression: 'ADD available :quantity',
          ExpressionAttributeValues: { ':quantity': quantity },
        },
      })),
    ],
  };
}
