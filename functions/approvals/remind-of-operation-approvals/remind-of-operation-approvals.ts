import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { IndexedApproval } from '../approval-index.ts';

/** The OperationApprovalReminded event: half of the time to answer is over. */
export function operationApprovalReminded(
  eventBusName: string,
  approval: IndexedApproval,
): PutEventsRequestEntry {
  return {
    EventBusName: eventBusName,
    Source: 'signalbox.operations',
    DetailType: 'OperationApprovalReminded',
    Detail: JSON.stringify({
      version: 1,
      approvalId: approval['approvalId'],
      subject: approval['subject'],
      requestedAt: approval.requestedAt,
      answerBy: approval.answerBy,
    }),
  };
}
