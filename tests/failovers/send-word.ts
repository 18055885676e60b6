import { postDecision } from '../../rehearsal/approvals/post-decision.ts';
import type { FailoverStage } from './failover-stage.ts';
import type { PlannedWord } from './run-plan.ts';

/**
 * Sends an operator's word on the step that is under way. There may be none, it may be too late, and a
 * call of the function may go wrong on purpose: none of that is a mistake.
 */
export async function sendWord(
  { stage }: FailoverStage,
  { failoverId, action }: PlannedWord,
): Promise<void> {
  const path = `/failovers/${encodeURIComponent(failoverId)}/steps/running`;
  const url = `${stage.apiUrl('FailoversApi')}${path}`;
  const response = await postDecision(stage, url, { action, reason: 'The test says so' });
  if (response.ok || [404, 409].includes(response.status) || response.status >= 500) return;
  throw new RangeError(`The word got ${response.status}: ${await response.text()}`);
}
