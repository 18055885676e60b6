import { object, string } from 'valibot';
import { requiredVariable } from '../../shared/environment.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import type { IndexedApproval } from '../approval-index.ts';
import { remindOfApprovals } from '../remind-of-approvals.ts';
import { operationApprovalReminded } from './remind-of-operation-approvals.ts';

const eventBusName = requiredVariable('EVENT_BUS_NAME');
const desk = {
  tableName: requiredVariable('OPERATION_APPROVALS_TABLE'),
  keyName: 'approvalId',
  event: (approval: IndexedApproval) => operationApprovalReminded(eventBusName, approval),
};

/** Reminds operators of failovers and repairs that wait for them; started by a schedule. */
export const handler = taskHandler({
  input: object({ time: string() }),
  correlationId: ({ time }) => time,
  run: () => remindOfApprovals(desk, new Date().toISOString()),
});
