import { object, string } from 'valibot';
import type { IndexedApproval } from '../../approvals/approval-index.ts';
import { remindOfApprovals } from '../../approvals/remind-of-approvals.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { approvalReminded } from './remind-of-approvals.ts';

const eventBusName = requiredVariable('EVENT_BUS_NAME');
const desk = {
  tableName: requiredVariable('APPROVALS_TABLE'),
  keyName: 'orderId',
  event: (approval: IndexedApproval) => approvalReminded(eventBusName, approval),
};

/** Reminds people of orders that wait for them; started by a schedule. */
export const handler = taskHandler({
  input: object({ time: string() }),
  correlationId: ({ time }) => time,
  run: () => remindOfApprovals(desk, new Date().toISOString()),
});
