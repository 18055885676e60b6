import { decideApproval } from '../../approvals/decide-approval.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { httpHandler } from '../../shared/http-handler.ts';

const channel = {
  tableName: requiredVariable('APPROVALS_TABLE'),
  keyName: 'orderId',
  output: () => ({ decision: 'approve' }),
  cause: () => 'Denied; the approval record says by whom and why',
};

/** Takes an approver's decision on an order. */
export const handler = httpHandler((request) => decideApproval(channel, request));
