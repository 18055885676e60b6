import { type Stage, signedHeaders, UserError } from 'signalbox';

/** A person's decision on a request for approval. */
export interface PersonsDecision {
  readonly decision: 'approve' | 'deny';
  readonly comment: string;
}

/** Sends a decision to the URL of what waits for one, as a person does; returns the API's response. */
export function postDecision(
  stage: Pick<Stage, 'client'>,
  url: string,
  decision: object,
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signedHeaders(stage, 'execute-api') },
    body: JSON.stringify(decision),
  });
}

/**
 * Decides a request for approval at its URL.
 * @throws {UserError} When the API refuses the decision.
 */
export async function decideAt(
  stage: Pick<Stage, 'client'>,
  url: string,
  decision: PersonsDecision,
): Promise<void> {
  const response = await postDecision(stage, url, { ...decision, approver: 'ada' });
  if (response.ok) return;
  throw new UserError('invalid', `POST ${url} got ${response.status}: ${await response.text()}`);
}
