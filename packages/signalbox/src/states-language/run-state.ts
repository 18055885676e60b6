import type { Json } from '../core/json.ts';
import type { MapState, ParallelState, State, TaskState } from './ast.ts';
import type { Eventual } from './eventual.ts';
import { catchStateFailure } from './retry-and-catch/catch-state-failure.ts';
import { withRetryAndCatch } from './retry-and-catch/with-retry-and-catch.ts';
import { type Run, record, type Visit } from './run.ts';
import type { Entrance } from './starting-point.ts';
import type { StateOutcome } from './state-outcome.ts';
import { ABORTED } from './state-outcome.ts';
import { runChoice } from './states/choice.ts';
import { runFail } from './states/fail.ts';
import { runMap } from './states/map.ts';
import { runParallel } from './states/parallel.ts';
import { runPass } from './states/pass.ts';
import { runSucceed } from './states/succeed.ts';
import { runTask } from './states/task.ts';
import { runWait } from './states/wait.ts';

/** Enters a state, unless a redrive or another process goes on in it, and runs it to its outcome. */
export function runState(
  state: State,
  input: Json,
  run: Run,
  entered?: Entrance,
): Eventual<StateOutcome> {
  if (run.signal.aborted) return ABORTED;
  const { enteredEventId, previousEventId, enteredAt } = entered ?? enter(state, input, run);
  if (entered?.past !== undefined) run.branch.moveTo(entered.past.lastEventId);
  const visit: Visit = {
    run,
    stateName: state.name,
    enteredEventId,
    previousEventId,
    enteredAt,
    input,
    retryCount: 0,
    isRetriable: isRetriable(state),
    taskToken: undefined,
    branches: entered?.branches,
    mapRunArn: entered?.mapRunArn,
    past: entered?.past,
  };
  if (isRetriable(state)) {
    return withRetryAndCatch(state, visit, (attempt) => attemptOnce(state, attempt));
  }
  return attemptOnce(state, visit);
}

/** Tries a state that was entered once, without its Retry and its Catch. */
export function attemptOnce(state: State, visit: Visit): Eventual<StateOutcome> {
  return catchStateFailure(visit, () => attemptState(state, visit));
}

function enter({ type, name }: State, input: Json, run: Run): Entrance {
  const { lastEventId: previousEventId } = run.branch;
  const enteredEventId = record(run, { type: `${type}StateEntered`, name, input });
  return { enteredEventId, previousEventId, enteredAt: run.ports.now() };
}

function isRetriable(state: State): state is TaskState | ParallelState | MapState {
  return state.type === 'Task' || state.type === 'Parallel' || state.type === 'Map';
}

function attemptState(state: State, visit: Visit): Eventual<StateOutcome> {
  switch (state.type) {
    case 'Pass':
      return runPass(state, visit);
    case 'Task':
      return runTask(state, visit);
    case 'Choice':
      return runChoice(state, visit);
    case 'Wait':
      return runWait(state, visit);
    case 'Succeed':
      return runSucceed(state, visit);
    case 'Fail':
      return runFail(state, visit);
    case 'Parallel':
      return runParallel(state, visit);
    case 'Map':
      return runMap(state, visit);
  }
}
