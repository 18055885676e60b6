import { userInfo } from 'node:os';
import { type Session, UserError } from 'signalbox';
import * as v from 'valibot';
import { callApi } from '../api/call-api.ts';

/** What an operator may do to a step of a failover that is under way. */
export type StepAction = 'skip' | 'ungraceful';

const AnswerSchema = v.object({
  message: v.optional(v.string()),
  stepId: v.optional(v.string(), ''),
  by: v.optional(v.string(), ''),
  at: v.optional(v.string(), ''),
  effect: v.optional(v.string()),
});

/**
 * Sends an operator's word on a step, and says what came of it; the exit code is 1 where it is refused.
 * @param stepId A step's id, such as `2-1`, or `running`.
 * @throws {UserError} `not-found` when there is no such failover or step; else when the API fails.
 */
export async function changeStep(
  session: Session,
  failoverId: string,
  stepId: string,
  action: StepAction,
  reason: string,
): Promise<void> {
  const { status, body } = await callApi(session, {
    api: 'FailoversApi',
    method: 'POST',
    path: `/failovers/${encodeURIComponent(failoverId)}/steps/${encodeURIComponent(stepId)}`,
    // The operator counts only where the API has no authorizer to name the caller.
    body: { action, reason, operator: userInfo().username },
  });
  const { message = '', effect, ...change } = v.parse(AnswerSchema, body);
  if (status === 404) throw new UserError('not-found', message);
  if (status !== 200 && status !== 409) {
    throw new UserError('invalid', `The API answered ${status}: ${message}`);
  }
  const isTaken = status === 200;
  const said = effect ?? `${change.by} said so first, at ${change.at}`;
  const verb = action === 'skip' ? 'Skips' : 'Does ungracefully';
  session.output.result({ failoverId, action, isTaken, ...change, message, effect }, () => [
    isTaken ? `${verb} step ${change.stepId} of ${failoverId}: ${said}` : message,
  ]);
  session.exitCode = isTaken ? 0 : 1;
}
