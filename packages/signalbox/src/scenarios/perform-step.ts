import { setTimeout as delay } from 'node:timers/promises';
import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { decideApproval } from './decide-approval.ts';
import { putEntries } from './put-entries.ts';
import type { Step } from './scenario.ts';
import type { EventResult, ExecutionResult } from './scenario-result.ts';
import type { Stage } from './stage.ts';
import { endFault, startFault } from './start-fault.ts';

/** How long somebody waits, in real time, for an execution to come into a state. */
const LOOK_AGAIN_MS = 20;
const LOOKS = 250;

/** What a step stands on. */
export interface StepOptions {
  readonly stage: Stage;
  /** The entries of the step's file. */
  readonly entries: readonly PutEventsRequestEntry[];
  /** The scenario's executions so far. */
  readonly started: () => Promise<readonly ExecutionResult[]>;
  /** Resolves when what was done has come to rest. */
  readonly settled: () => Promise<void>;
}

/** Does what happens in a step, one after the other; answers what became of the events that it put. */
export async function performStep(
  step: Step,
  { stage, entries, started, settled }: StepOptions,
): Promise<readonly (string | EventResult)[]> {
  for (const aim of step.break) startFault(stage, aim);
  for (const aim of step.mend) endFault(stage, aim);
  const eventIds = entries.length === 0 ? [] : await putEntries(stage, entries);
  if (step.alarm !== undefined) await setAlarm(stage, step.alarm);
  if (step.schedule !== undefined) await stage.runSchedule(step.schedule);
  await settled();
  if (step.answer !== undefined) {
    await answer(stage, step.answer, started);
    await settled();
  }
  if (step.stopIn !== undefined) {
    await stop(stage, step.stopIn, started);
    await settled();
  }
  return eventIds;
}

async function setAlarm(
  { client, physicalId }: Stage,
  { name, state }: NonNullable<Step['alarm']>,
): Promise<void> {
  const { CloudWatchClient, SetAlarmStateCommand } = await import('@aws-sdk/client-cloudwatch');
  await new CloudWatchClient(client).send(
    new SetAlarmStateCommand({
      AlarmName: physicalId(name),
      StateValue: state,
      StateReason: 'A scenario says so',
    }),
  );
}

async function answer(
  stage: Stage,
  { state, decision }: NonNullable<Step['answer']>,
  started: StepOptions['started'],
): Promise<void> {
  if (decision === 'nobody') return stage.nobodyAnswers?.();
  for (const execution of await cameInto(state, started)) {
    await decideApproval(stage, execution, decision);
  }
}

async function stop(
  { client }: Stage,
  state: string,
  started: StepOptions['started'],
): Promise<void> {
  const sfn = new SFNClient(client);
  for (const { executionArn } of await cameInto(state, started)) {
    const cause = 'An operator pulled the plug';
    await sfn.send(new StopExecutionCommand({ executionArn, error: 'OperatorAbort', cause }));
  }
}

/** Waits for executions in a state, while others may still be on their way; none where none comes. */
async function cameInto(
  state: string,
  started: StepOptions['started'],
): Promise<readonly ExecutionResult[]> {
  for (let look = 0; look < LOOKS; look += 1) {
    const running = (await started()).filter(({ status }) => status === 'RUNNING');
    const found = running.filter(({ path }) => path.at(-1) === state);
    if (found.length > 0 || running.length === 0) return found;
    await delay(LOOK_AGAIN_MS);
  }
  return [];
}
