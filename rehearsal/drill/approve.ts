import { type Rehearsal, signedHeaders, UserError } from 'signalbox';
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
  const approvalUrl = `${api}/approvals/${encodeURIComponent(approvalId)}`;
  const response = await fetch(approvalUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signedHeaders({ client }, 'execute-api') },
    body: JSON.stringify({
      decision: 'approve',
      approver: 'ada',
      comment: 'A game day approves itself',
    }),
  });
  if (response.ok) return;
  const text = await response.text();
  throw new UserError('invalid', `POST ${approvalUrl} got ${response.status}: ${text}`);
}
