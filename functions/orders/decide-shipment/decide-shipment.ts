import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import {
  type InferOutput,
  literal,
  maxLength,
  minLength,
  pipe,
  regex,
  strictObject,
  string,
  variant,
} from 'valibot';
import type { Shipment } from '../shipment.ts';

/** The carrier's word on freight that waits for it: the request's body. */
export const CarrierDecisionSchema = variant(
  'decision',
  [
    strictObject({
      decision: literal('accept'),
      trackingId: pipe(string(), regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'Is not a tracking id')),
    }),
    strictObject({
      decision: literal('refuse'),
      reason: pipe(
        string(),
        minLength(1, 'Is empty'),
        maxLength(500, 'Has more than 500 characters'),
      ),
    }),
  ],
  'Is not "accept" or "refuse"',
);

/** The carrier's word. */
export type CarrierDecision = InferOutput<typeof CarrierDecisionSchema>;

/** Writes the decision where the shipment waits for one: the first answer wins, the token stays until it is heard. */
export function carrierUpdate(
  tableName: string,
  orderId: string,
  decision: CarrierDecision,
  by: { readonly carrier: string; readonly decidedAt: string },
): UpdateCommandInput {
  const isAccepted = decision.decision === 'accept';
  return {
    TableName: tableName,
    Key: { orderId },
    UpdateExpression: `SET #status = :status, decidedBy = :carrier, decidedAt = :now, ${
      isAccepted ? 'trackingId = :word, bookedAt = :now' : 'refusal = :word'
    }`,
    ConditionExpression: '#status = :awaiting',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':status': isAccepted ? 'BOOKED' : 'REFUSED',
      ':awaiting': 'AWAITING_CARRIER',
      ':word': isAccepted ? decision.trackingId : decision.reason,
      ':carrier': by.carrier,
      ':now': by.decidedAt,
    },
    ReturnValues: 'ALL_NEW',
  };
}

/** Records that the workflow has heard the decision; a cancelled shipment has lost its token already. */
export function heardUpdate(tableName: string, orderId: string): UpdateCommandInput {
  return { TableName: tableName, Key: { orderId }, UpdateExpression: 'REMOVE taskToken' };
}

/** Whether a shipment was decided by a carrier and the workflow may not have heard of it. */
export function isUnheard({ status, taskToken }: Shipment): boolean {
  return (status === 'BOOKED' || status === 'REFUSED') && taskToken !== undefined;
}

/** The answer to a second decision: the first. */
export function firstDecision({ status, trackingId, refusal }: Shipment): object {
  return {
    message: `The shipment does not wait for its carrier: it is ${status}`,
    status,
    ...(trackingId === undefined ? {} : { trackingId }),
    ...(refusal === undefined ? {} : { reason: refusal }),
  };
}
