import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { IndexedApproval } from '../../approvals/approval-index.ts';

/** The ApprovalReminded event: half of the time to answer is over. */
export function approvalReminded(
  eventBusName: string,
  approval: IndexedApproval,
): PutEventsRequestEntry {
  return {
    EventBusName: eventBusName,
    Source: 'signalbox.orders',
    DetailType: 'ApprovalReminded',
    Detail: JSON.stringify({
      version: 1,
      orderId: approval['orderId'],
      userId: approval['userId'],
      currency: approval['currency'],
      total: approval['total'],
      requestedAt: approval.requestedAt,
      answerBy: approval.answerBy,
    }),
  };
}
