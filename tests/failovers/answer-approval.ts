import { postDecision } from '../../rehearsal/approvals/post-decision.ts';
import type { FailoverStage } from './failover-stage.ts';

/** Answers a request for approval as a person would, over the operations' API; too late is no mistake. */
export async function answerApproval(
  { stage, journal }: FailoverStage,
  failoverId: string,
  decision: 'approve' | 'deny',
): Promise<void> {
  journal.note({ kind: 'answered', failoverId, decision });
  const url = `${stage.apiUrl('OperationsApi')}/approvals/${encodeURIComponent(failoverId)}`;
  const comment = `The test says ${decision}`;
  const response = await postDecision(stage, url, { decision, comment });
  if (response.ok || response.status === 409) return;
  throw new RangeError(`The approval got ${response.status}: ${await response.text()}`);
}
