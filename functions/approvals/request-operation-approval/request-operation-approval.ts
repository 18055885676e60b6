import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { type InferOutput, looseObject, number, object, string } from 'valibot';
import { answerBy } from '../approval.ts';

/**
 * The request of a workflow: `subject` in one sentence, `detail` with all that an approver needs to
 * decide, `requestedAt` in ISO 8601.
 */
export const RequestOperationApprovalSchema = object({
  taskToken: string(),
  executionArn: string(),
  approvalId: string(),
  subject: string(),
  detail: looseObject({}),
  requestedAt: string(),
  timeoutSeconds: number(),
});

type RequestOperationApproval = InferOutput<typeof RequestOperationApprovalSchema>;

/** The OperationApprovalRequested event: everything an approver's tool needs, and no token. */
export function operationApprovalRequested(
  eventBusName: string,
  request: RequestOperationApproval,
): PutEventsRequestEntry {
  const { approvalId, subject, detail, requestedAt } = request;
  return {
    EventBusName: eventBusName,
    Source: 'signalbox.operations',
    DetailType: 'OperationApprovalRequested',
    Detail: JSON.stringify({
      version: 1,
      approvalId,
      subject,
      detail,
      requestedAt: new Date(requestedAt).toISOString(),
      answerBy: answerBy(request),
    }),
  };
}
