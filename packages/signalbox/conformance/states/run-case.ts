import type { JsonObject } from '../../src/core/json.ts';
import { problemText } from '../../src/core/result.ts';
import type { HistoryEvent } from '../../src/history/history-event.ts';
import { type Summary, summarize } from '../../src/history/summary.ts';
import { toAws } from '../../src/history/to-aws.ts';
import { parseStateMachine } from '../../src/states-language/parse/parse-state-machine.ts';
import { runStateMachine } from '../../src/states-language/run-state-machine.ts';
import { type CaseResult, compareRun, failedCase } from './compare-run.ts';
import type { RecordedCase } from './recorded-case.ts';
import { recordedRun } from './recorded-run.ts';

/** Runs a case and compares what happened with what is expected. */
export async function runCase(recorded: RecordedCase): Promise<CaseResult> {
  const machine = parseStateMachine(recorded.definition);
  if (!machine.ok) return failedCase(recorded, machine.problems.map(problemText).join('; '));
  const { ports, history } = recordedRun(recorded);
  const controller = new AbortController();
  if (recorded.expectedStatus === 'ABORTED') setImmediate(() => controller.abort());
  await runStateMachine(machine.value, recorded.input, ports, controller.signal).catch(
    (error: unknown) => {
      throw new Error(`Cannot run ${recorded.id}`, { cause: error });
    },
  );
  if (controller.signal.aborted) ports.history.record({ type: 'ExecutionAborted' });
  const summary = summarize(history);
  const events = history.map(awsJson);
  return compareRun(recorded, { ...summary, seconds: secondsOf(summary), events });
}

function awsJson(event: HistoryEvent): JsonObject {
  const json: JsonObject = JSON.parse(JSON.stringify(toAws(event)));
  return json;
}

function secondsOf({ startedAt = '', stoppedAt = '' }: Summary): number {
  return (Date.parse(stoppedAt) - Date.parse(startedAt)) / 1000;
}
