import type { RedriveExecutionInput, RedriveExecutionOutput } from '@aws-sdk/client-sfn';
import { isJsonObject, type Json, ownPayload } from '../../core/json.ts';
import type { StoredExecution } from '../../history/store.ts';
import { checkLength } from '../members.ts';
import { findMapRunIn } from '../redrive/find-map-run.ts';
import { whyNotRedrivable } from '../redrive/redrivability.ts';
import { redrivePoint } from '../redrive/redrive-point.ts';
import { executionNotRedrivable, validation } from '../refusals.ts';
import type { StatesContext } from '../states-context.ts';
import { findExecution } from './executions.ts';

/** AWS: API_RedriveExecution, `clientToken`: of how many tokens the responses are kept. */
const KEPT_TOKENS = 10;

/** RedriveExecution: goes on from where the execution failed, was aborted or timed out. */
export function redriveExecution(
  context: StatesContext,
  { executionArn, clientToken }: RedriveExecutionInput,
): RedriveExecutionOutput {
  checkToken(clientToken);
  const execution = findExecution(context, executionArn);
  const tokens = context.redriveTokens.get(execution.header.executionArn) ?? [];
  const known = tokens.find(({ token }) => token === clientToken);
  if (known !== undefined) return { redriveDate: known.redriveDate };
  const redriveDate = context.clock.now();
  redrive(context, execution, redriveDate);
  if (clientToken !== undefined) {
    const kept = [...tokens, { token: clientToken, redriveDate }].slice(-KEPT_TOKENS);
    context.redriveTokens.set(execution.header.executionArn, kept);
  }
  return { redriveDate };
}

function checkToken(token: string | undefined): void {
  checkLength('clientToken', token, 64);
  if (token === undefined || /^[!-~]+$/.test(token)) return;
  throw validation(
    `Value '${token}' at 'clientToken' failed to satisfy constraint: Member must satisfy regular expression pattern: [!-~]+`,
  );
}

function redrive(context: StatesContext, execution: StoredExecution, now: Date): void {
  const { header, eventCount } = execution;
  const { machines, store, runner, rulesFor } = context;
  if (machines.find(header.stateMachineArn)?.status === 'DELETING') {
    throw executionNotRedrivable('State machine is in DELETING status');
  }
  const reason =
    header.mapRunArn === undefined
      ? whyNotRedrivable(execution, now)
      : 'Execution is a child of a Map Run and can be redriven by that alone';
  if (reason !== undefined) throw executionNotRedrivable(reason);
  const definition: Json = ownPayload(header.definition);
  const { machine } = rulesFor(header.type).interpreter.diagnose(
    isJsonObject(definition) ? definition : {},
  );
  if (machine === undefined) {
    throw new TypeError(`Cannot read the definition that ${header.executionArn} started with`);
  }
  const events = store.events(header.executionArn, 1, eventCount);
  const findMapRun = findMapRunIn(context.mapRuns, header.executionArn);
  const point = redrivePoint(machine, ownPayload(header.input), events, findMapRun);
  runner.redrive(execution, machine, point, now);
}
