import { UserError } from '../../user-error.ts';
import type { Stage } from './stage.ts';

/** Answers a request for approval over the orders API, as a person would. */
export async function decideApproval(
  { apiUrl, client }: Stage,
  orderId: string,
  decision: 'approve' | 'deny',
): Promise<void> {
  const scope = `${new Date().toISOString().slice(0, 10).replaceAll('-', '')}/${client.region}/execute-api/aws4_request`;
  const response = await fetch(`${apiUrl}/orders/${encodeURIComponent(orderId)}/approval`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      // The rehearsal reads who signed and verifies no signature.
      authorization: `AWS4-HMAC-SHA256 Credential=${client.credentials?.accessKeyId}/${scope}, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify({ decision, approver: 'ada', comment: `A sample says ${decision}` }),
  });
  if (response.ok) return;
  throw new UserError(
    'invalid',
    `The approval of ${orderId} got ${response.status}: ${await response.text()}`,
  );
}
