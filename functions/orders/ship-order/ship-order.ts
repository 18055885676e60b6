import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { type InferOutput, object, optional, string } from 'valibot';
import { sha256 } from '../../shared/canonical-json.ts';
import { ShipmentCancelledError, ShippingRefusedError } from '../../shared/errors.ts';
import type { TokenAnswer } from '../../shared/task-token.ts';
import { LinesSchema, WarehouseShippingSchema } from '../order-schema.ts';
import type { Shipment } from '../shipment.ts';

/** The countries that the warehouse ships to (ISO 3166). */
const SERVED_COUNTRIES = ['AT', 'BE', 'CH', 'DE', 'DK', 'FR', 'GB', 'IE', 'LU', 'NL', 'PL', 'US'];

/** The warehouse's order, as the workflow sends it. */
export const ShipOrderSchema = object({
  taskToken: string(),
  /** The execution that waits; messages of before it was sent have none. */
  executionArn: optional(string()),
  orderId: string(),
  lines: LinesSchema,
  shipping: WarehouseShippingSchema,
});

/** The warehouse's order. */
export type ShipOrder = InferOutput<typeof ShipOrderSchema>;

/** The decision of the warehouse on an order. */
export type ShippingDecision =
  | { readonly kind: 'refuse'; readonly answer: TokenAnswer }
  | { readonly kind: 'book'; readonly trackingId: string }
  | { readonly kind: 'await-carrier' };

/** Decides by the address and the method; freight waits for a person at the carrier's desk. */
export function decideShipping({ orderId, shipping }: ShipOrder): ShippingDecision {
  const { country } = shipping.address;
  if (!SERVED_COUNTRIES.includes(country)) {
    const error = new ShippingRefusedError(`The warehouse does not ship to ${country}`);
    return { kind: 'refuse', answer: { kind: 'failure', error } };
  }
  return shipping.method === 'freight'
    ? { kind: 'await-carrier' }
    : { kind: 'book', trackingId: trackingIdOf(orderId) };
}

/** The tracking id of an order: the same at each delivery of its message. */
export function trackingIdOf(orderId: string): string {
  return `SB${sha256(orderId).slice(0, 12).toUpperCase()}`;
}

/** Books the shipment, unless the order's compensation has cancelled it. */
export function bookUpdate(
  tableName: string,
  orderId: string,
  trackingId: string,
  bookedAt: string,
): UpdateCommandInput {
  return {
    TableName: tableName,
    Key: { orderId },
    UpdateExpression:
      'SET #status = :booked, trackingId = :trackingId, bookedAt = if_not_exists(bookedAt, :now)',
    ConditionExpression: 'attribute_not_exists(#status) OR #status = :booked',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':booked': 'BOOKED',
      ':trackingId': trackingId,
      ':now': bookedAt,
    },
  };
}

/** Keeps the token for the carrier's desk, unless the order's compensation has cancelled it. */
export function awaitCarrierUpdate(
  tableName: string,
  { orderId, taskToken, executionArn }: ShipOrder,
  since: string,
): UpdateCommandInput {
  return {
    TableName: tableName,
    Key: { orderId },
    UpdateExpression: `SET #status = :awaiting, taskToken = :token, awaitingSince = if_not_exists(awaitingSince, :now)${
      executionArn === undefined ? '' : ', executionArn = :execution'
    }`,
    ConditionExpression: 'attribute_not_exists(#status) OR #status = :awaiting',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':awaiting': 'AWAITING_CARRIER',
      ':token': taskToken,
      ...(executionArn === undefined ? {} : { ':execution': executionArn }),
      ':now': since,
    },
  };
}

/** The error for the workflow when the shipment is no longer to be made. */
export function cancelledAnswer(existing: Pick<Shipment, 'status'> | undefined): TokenAnswer {
  return {
    kind: 'failure',
    error: new ShipmentCancelledError(
      `The shipment cannot be made: it is ${existing?.status ?? 'not there'}`,
    ),
  };
}

/** The CarrierRequested event: freight waits for a carrier's word. */
export function carrierRequested(
  eventBusName: string,
  { orderId }: ShipOrder,
  requestedAt: string,
): PutEventsRequestEntry {
  return {
    EventBusName: eventBusName,
    Source: 'signalbox.orders',
    DetailType: 'CarrierRequested',
    Detail: JSON.stringify({ version: 1, orderId, requestedAt }),
  };
}
