import { ListExecutionsCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { UserError } from '../../packages/signalbox/src/core/user-error.ts';
import { answerApproval } from './answer-approval.ts';
import { askForFailover } from './ask-for-failover.ts';
import type { FailoverStage } from './failover-stage.ts';
import type { Observation } from './oracle/observation.ts';
import { readObservation } from './read-observation.ts';
import type { RunPlan } from './run-plan.ts';
import { sendWord } from './send-word.ts';
import { setStage } from './set-stage.ts';
import { createTimetable, type Timetable } from './timetable.ts';
import { workOffLetters } from './work-off-letters.ts';

/** No run waits for somebody so often. */
const MAX_RESTS = 30;

/** Plays a run to its end, and returns what was seen. */
export async function playRun(stage: FailoverStage, plan: RunPlan): Promise<Observation> {
  const { runtime, journal, said } = stage;
  await setStage(stage, plan);
  const saidBefore = said.length;
  const before = runtime.simulatedResources.show() ?? {};
  const since = stage.clock.now();
  journal.begin(stage.names);
  stage.injectedFaults.begin(plan.injectedFaults);
  const timetable = createTimetable(stage);
  const broken: string[] = [];
  schedule(stage, plan, timetable, broken);
  await comeToRest(stage, plan, timetable);
  timetable.close();
  stage.injectedFaults.end();
  await workOffLetters(stage);
  const remarks = said.slice(saidBefore);
  return readObservation(stage, { before, since, broken, remarks });
}

function schedule(
  stage: FailoverStage,
  plan: RunPlan,
  timetable: Timetable,
  broken: string[],
): void {
  for (const { fault, target, from, until } of plan.faults) {
    timetable.at(from, async () => {
      if (turnFault(stage, 'start', fault, target)) broken.push(fault);
    });
    if (until === undefined) continue;
    timetable.at(until, async () => {
      if (broken.includes(fault)) turnFault(stage, 'end', fault, target);
    });
  }
  for (const request of plan.requests) {
    const ask = () => askForFailover(stage, request.trigger);
    timetable.at(request.at, ask);
    if (request.again !== undefined) timetable.at(request.again, ask);
  }
  for (const stop of plan.stops) timetable.at(stop, () => stopAll(stage));
  for (const word of plan.words) timetable.at(word.at, () => sendWord(stage, word));
}

/** Whether the fault found something to break: there may be no writer left that could fail. */
function turnFault(
  { runtime }: FailoverStage,
  verb: 'start' | 'end',
  fault: string,
  target: string | undefined,
): boolean {
  try {
    if (runtime.simulatedResources[verb](fault, target) !== undefined) return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
  throw new RangeError(`There is no fault "${fault}"`);
}

async function stopAll(stage: FailoverStage): Promise<void> {
  for (const executionArn of await runningExecutions(stage)) {
    await stage.states.send(new StopExecutionCommand({ executionArn, cause: 'The test stops it' }));
  }
}

async function runningExecutions({
  states,
  machineArn,
}: FailoverStage): Promise<readonly string[]> {
  const { executions = [] } = await states.send(
    new ListExecutionsCommand({ stateMachineArn: machineArn, statusFilter: 'RUNNING' }),
  );
  return executions.flatMap(({ executionArn }) => executionArn ?? []);
}

/** Answers what is asked for in the plan's order, until every execution has ended. */
async function comeToRest(
  stage: FailoverStage,
  plan: RunPlan,
  timetable: Timetable,
): Promise<void> {
  const answered = new Set<string>();
  for (let rests = 0; rests < MAX_RESTS; rests += 1) {
    await timetable.idle();
    await stage.runtime.settled();
    await timetable.idle();
    const asked = stage.journal
      .facts()
      .flatMap((fact) =>
        fact.kind === 'function' && fact.name === 'RequestOperationApproval'
          ? [fact.failoverId]
          : [],
      )
      .filter((failoverId) => !answered.has(failoverId));
    for (const failoverId of new Set(asked)) {
      const answer = plan.answers[answered.size % plan.answers.length] ?? 'nobody';
      answered.add(failoverId);
      if (answer !== 'nobody') await answerApproval(stage, failoverId, answer);
    }
    if (asked.length > 0) continue;
    if ((await runningExecutions(stage)).length > 0) {
      stage.stage.nobodyAnswers?.();
      continue;
    }
    // The look itself may have been the call after which something was to happen.
    timetable.close();
    await timetable.idle();
    await stage.runtime.settled();
    if ((await runningExecutions(stage)).length === 0) return;
  }
}
