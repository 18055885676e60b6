import { requiredVariable } from '../../shared/environment.ts';
import { httpHandler } from '../../shared/http-handler.ts';
import { decideApproval } from '../decide-approval.ts';
import { approvedOutput, deniedCause } from './decide-operation-approval.ts';

const channel = {
  tableName: requiredVariable('OPERATION_APPROVALS_TABLE'),
  keyName: 'approvalId',
  output: approvedOutput,
  cause: deniedCause,
};

/** Takes an operator's decision on a failover or a repair. */
export const handler = httpHandler((request) => decideApproval(channel, request));
