import { UserError } from '../core/user-error.ts';
import type { ExecutionResult } from './scenario-result.ts';
import type { Stage } from './stage.ts';

/** Answers a request for approval over the orders' or the operations' API, as a person would. */
export async function decideApproval(
  stage: Stage,
  execution: ExecutionResult,
  decision: 'approve' | 'deny',
  comment = `A scenario says ${decision}`,
): Promise<void> {
  const { client } = stage;
  const scope = `${new Date().toISOString().slice(0, 10).replaceAll('-', '')}/${client.region}/execute-api/aws4_request`;
  const url = urlOf(stage, execution);
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      // The rehearsal reads who signed and verifies no signature.
      authorization: `AWS4-HMAC-SHA256 Credential=${client.credentials?.accessKeyId}/${scope}, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify({ decision, approver: 'ada', comment }),
  });
  if (response.ok) return;
  throw new UserError('invalid', `POST ${url} got ${response.status}: ${await response.text()}`);
}

function urlOf(stage: Stage, { name, orderId, approvalId }: ExecutionResult): string {
  if (approvalId !== undefined) {
    return `${stage.operationsApiUrl}/approvals/${encodeURIComponent(approvalId)}`;
  }
  if (orderId !== undefined)
    return `${stage.apiUrl}/orders/${encodeURIComponent(orderId)}/approval`;
  throw new UserError('invalid', `The execution ${name} waits for no approval`);
}
