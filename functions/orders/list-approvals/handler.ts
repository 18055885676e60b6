import { listApprovals } from '../../approvals/list-approvals.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { httpHandler } from '../../shared/http-handler.ts';
import { approvedOrder } from './list-approvals.ts';

const list = {
  tableName: requiredVariable('APPROVALS_TABLE'),
  keyName: 'orderId',
  about: approvedOrder,
};

/** Lists orders that ask for a person's decision, or were decided. */
export const handler = httpHandler((request) => listApprovals(list, request));
