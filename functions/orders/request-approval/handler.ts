import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { documents, isConditionRefused } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { ApprovalAlreadyDecidedError } from '../../shared/errors.ts';
import { putEvents } from '../../shared/put-events.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { approvalPutOf, approvalRequested, RequestApprovalSchema } from './request-approval.ts';

const approvalsTable = requiredVariable('APPROVALS_TABLE');
const eventBusName = requiredVariable('EVENT_BUS_NAME');

/** Asks for a person's approval; the workflow waits for the token meanwhile. */
export const handler = taskHandler({
  input: RequestApprovalSchema,
  correlationId: ({ orderId }) => orderId,
  run: async (request) => {
    try {
      await documents.send(new PutCommand(approvalPutOf(approvalsTable, request)));
    } catch (error) {
      if (!isConditionRefused(error)) throw error;
      throw new ApprovalAlreadyDecidedError('The approval was decided before this request');
    }
    await putEvents([approvalRequested(eventBusName, request)]);
    return {};
  },
});
