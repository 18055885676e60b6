import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { type InferOutput, number, object, string } from 'valibot';

/** How long a request is kept as a record after it has expired. */
const KEPT_SECONDS = 90 * 86_400;

/** What the workflow asks for: `requestedAt` in ISO 8601, `total` in minor units. */
export const RequestApprovalSchema = object({
  taskToken: string(),
  orderId: string(),
  userId: string(),
  currency: string(),
  total: number(),
  requestedAt: string(),
  timeoutSeconds: number(),
});

type RequestApproval = InferOutput<typeof RequestApprovalSchema>;

/** When the request expires, in ISO 8601. */
export function answerBy({ requestedAt, timeoutSeconds }: RequestApproval): string {
  return new Date(Date.parse(requestedAt) + timeoutSeconds * 1_000).toISOString();
}

/** Keeps the request with its token; a retry's new token replaces the old, a decision stays. */
export function approvalPut(tableName: string, request: RequestApproval): PutCommandInput {
  const { taskToken, orderId, userId, currency, total, requestedAt } = request;
  return {
    TableName: tableName,
    Item: {
      orderId,
      state: 'PENDING',
      taskToken,
      userId,
      currency,
      total,
      requestedAt,
      answerBy: answerBy(request),
      expiresAt: Math.floor(Date.parse(answerBy(request)) / 1_000) + KEPT_SECONDS,
    },
    ConditionExpression: 'attribute_not_exists(orderId) OR #state IN (:pending, :expired)',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':pending': 'PENDING', ':expired': 'EXPIRED' },
  };
}

/** The ApprovalRequested event: everything an approver's tool needs, and no token. */
export function approvalRequested(
  eventBusName: string,
  request: RequestApproval,
): PutEventsRequestEntry {
  const { orderId, userId, currency, total, requestedAt } = request;
  return {
    EventBusName: eventBusName,
    Source: 'signalbox.orders',
    DetailType: 'ApprovalRequested',
    Detail: JSON.stringify({
      version: 1,
      orderId,
      userId,
      requestedAt: new Date(requestedAt).toISOString(),
      answerBy: answerBy(request),
      currency,
      total,
    }),
  };
}
