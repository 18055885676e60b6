import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { type InferOutput, number, object, string } from 'valibot';
import { answerBy, approvalPut } from '../../approvals/approval.ts';

/** The input from the workflow: `requestedAt` in ISO 8601, `total` in minor units. */
export const RequestApprovalSchema = object({
  taskToken: string(),
  executionArn: string(),
  orderId: string(),
  userId: string(),
  /** The caller who placed the order; empty where nobody knows. */
  submittedBy: string(),
  currency: string(),
  total: number(),
  requestedAt: string(),
  timeoutSeconds: number(),
});

type RequestApproval = InferOutput<typeof RequestApprovalSchema>;

/** Keeps the request with its token; a retry's new token replaces the old, a decision stays. */
export function approvalPutOf(tableName: string, request: RequestApproval): PutCommandInput {
  const { orderId, userId, submittedBy, currency, total } = request;
  return approvalPut(tableName, { orderId }, request, { userId, submittedBy, currency, total });
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
