import type { FailoverStage } from './failover-stage.ts';

/** Answers a request for approval as a person would, over the operations' API; too late is no mistake. */
export async function answerApproval(
  { stage, journal }: FailoverStage,
  failoverId: string,
  decision: 'approve' | 'deny',
): Promise<void> {
  const { client } = stage;
  const operationsApiUrl = stage.apiUrl('OperationsApi');
  const date = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  journal.note({ kind: 'answered', failoverId, decision });
  const response = await fetch(`${operationsApiUrl}/approvals/${encodeURIComponent(failoverId)}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      // The rehearsal reads who signed and verifies no signature.
      authorization: `AWS4-HMAC-SHA256 Credential=${client.credentials?.accessKeyId}/${date}/${client.region}/execute-api/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify({ decision, approver: 'ada', comment: `The test says ${decision}` }),
  });
  if (response.ok || response.status === 409) return;
  throw new RangeError(`The approval got ${response.status}: ${await response.text()}`);
}
