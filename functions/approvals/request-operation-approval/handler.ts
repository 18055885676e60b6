import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { documents, isConditionRefused } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { ApprovalAlreadyDecidedError } from '../../shared/errors.ts';
import { putEvents } from '../../shared/put-events.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { approvalPut } from '../approval.ts';
import {
  operationApprovalRequested,
  RequestOperationApprovalSchema,
} from './request-operation-approval.ts';

const approvalsTable = requiredVariable('OPERATION_APPROVALS_TABLE');
const eventBusName = requiredVariable('EVENT_BUS_NAME');

/** Asks for an operator's approval; the workflow waits for the token meanwhile. */
export const handler = taskHandler({
  input: RequestOperationApprovalSchema,
  correlationId: ({ approvalId }) => approvalId,
  run: async (request) => {
    const { approvalId, subject, detail } = request;
    try {
      await documents.send(
        new PutCommand(approvalPut(approvalsTable, { approvalId }, request, { subject, detail })),
      );
    } catch (error) {
      if (!isConditionRefused(error)) throw error;
      throw new ApprovalAlreadyDecidedError('The approval was decided before this request');
    }
    await putEvents([operationApprovalRequested(eventBusName, request)]);
    return {};
  },
});
