import { type Rehearsal, UserError } from 'signalbox';
import { decideAt } from '../approvals/post-decision.ts';
import type { DrillExecution } from './drill-execution.ts';

/**
 * Approves what an execution waits for over the operations' API, as a person would.
 * @throws {UserError} When it waits for no approval, or the API refuses it.
 */
export async function approve(
  { url, client, physicalId }: Rehearsal,
  { executionArn, approvalId }: DrillExecution,
): Promise<void> {
  if (approvalId === undefined) {
    throw new UserError('invalid', `The execution ${executionArn} waits for no approval`);
  }
  const api = `${url}/_aws/execute-api/${physicalId('OperationsApi')}`;
  await decideAt({ client }, `${api}/approvals/${encodeURIComponent(approvalId)}`, {
    decision: 'approve',
    comment: 'A game day approves itself',
  });
}
