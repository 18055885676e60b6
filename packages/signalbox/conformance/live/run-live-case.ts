import { AwsError } from '../../src/core/aws-error.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { type CaseResult, compareRun, type Ran } from '../states/compare-run.ts';
import type { RecordedCase } from '../states/recorded-case.ts';
import { API_KINDS, runApiCase } from '../states/run-api-case.ts';
import { comparableCase, comparableRun, MASKED } from './comparable.ts';
import type { Live } from './live.ts';
import type { CallLive } from './live-api.ts';
import { runExpress, runStandard } from './live-execution.ts';
import { createMachine, createTarget } from './live-machines.ts';
import { type Places, toRecording, toRehearsal } from './recorded-place.ts';
import { setUp } from './set-up.ts';

/** Plays a recording against a rehearsal over HTTP, and compares what happened. */
export async function runLiveCase(recorded: RecordedCase, live: Live): Promise<CaseResult> {
  if (API_KINDS.has(recorded.kind)) return await runLiveCall(recorded, live);
  const moved = movedCase(recorded, live.places);
  await setUp(moved, live);
  await createTarget(moved, live);
  const { stateMachineArn, name, substitution } = await createMachine(moved, live);
  const input = JSON.stringify(moved.input);
  const express = recorded.type === 'EXPRESS';
  const ran = express
    ? await runExpress(live, { stateMachineArn, input })
    : await runStandard(moved, live, { stateMachineArn, name, input });
  await live.call('delete_state_machine', { stateMachineArn });
  const substitutions = [substitution, ...MASKED, ...(recorded.substitutions ?? [])];
  const expected = comparableCase({ ...recorded, substitutions });
  return compareRun(expected, comparableRun(inRecording(ran, live.places)));
}

/** The case as it would have been recorded in the rehearsal's account. */
function movedCase(recorded: RecordedCase, places: Places): RecordedCase {
  const { definition, input, setup = [] } = recorded;
  const moved = toRehearsal({ definition, input, setup }, places);
  const role = `arn:aws:iam::${places.accountId}:role/cross-account`;
  const text = JSON.stringify(moved.input).replaceAll(CROSS_ACCOUNT_ROLE, role);
  return { ...recorded, ...moved, input: JSON.parse(text) };
}

const CROSS_ACCOUNT_ROLE = '<<create_cross_account_admin_role_and_policy>>';

async function runLiveCall(recorded: RecordedCase, live: Live): Promise<CaseResult> {
  const call: CallLive = async (op, args) => {
    const sent: JsonObject = JSON.parse(JSON.stringify(args));
    try {
      return toRecording(await live.call(op, toRehearsal(sent, live.places)), live.places);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new AwsError(error.name, toRecording(error.message, live.places));
    }
  };
  return await runApiCase(recorded, { call });
}

function inRecording(ran: Ran, places: Places): Ran {
  const { output = null, cause = '', events } = ran;
  return { ...ran, ...toRecording({ output, cause, events }, places) };
}
