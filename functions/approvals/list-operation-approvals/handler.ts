import { requiredVariable } from '../../shared/environment.ts';
import { httpHandler } from '../../shared/http-handler.ts';
import { listApprovals } from '../list-approvals.ts';

const list = {
  tableName: requiredVariable('OPERATION_APPROVALS_TABLE'),
  keyName: 'approvalId',
  about: ({ approvalId, subject }: Readonly<Record<string, unknown>>) => ({
    approvalId: String(approvalId),
    subject: String(subject),
  }),
};

/** Lists failovers and repairs that ask for an operator's decision, or were decided. */
export const handler = httpHandler((request) => listApprovals(list, request));
