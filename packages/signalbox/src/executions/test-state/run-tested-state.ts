import { AwsError } from '../../core/aws-error.ts';
import type { Json } from '../../core/json.ts';
import type { MapState, ParallelState, State, TaskState } from '../../states-language/ast.ts';
import { combine } from '../../states-language/data-flow.ts';
import { ERROR } from '../../states-language/error-names.ts';
import { evaluate } from '../../states-language/evaluate.ts';
import type { Visit } from '../../states-language/run.ts';
import { attemptOnce } from '../../states-language/run-state.ts';
import { StateFailure } from '../../states-language/state-failure.ts';
import type { StateOutcome } from '../../states-language/state-outcome.ts';
import type { NamedFailure, TaskFailure } from '../../states-language/task-result.ts';
import { inspectInput, inspectMap } from './inspect-input.ts';
import type { Inspection } from './inspection.ts';
import type { Mock } from './read-mock.ts';
import type { Observed, TestedVisit } from './tested-run.ts';

/** The conditions of a test besides the state's input. */
export interface TestConditions {
  readonly mock: Mock | undefined;
  readonly mapItemReaderData: string | undefined;
  readonly mapIterationFailureCount: number | undefined;
  /** Whether the state that caused a mocked error is a Task. */
  readonly isErrorFromTask: boolean;
}

/** Runs the state once, notes what becomes of its data, and returns how it ended. */
export async function runTestedState(
  state: State,
  { visit, observed }: TestedVisit,
  conditions: TestConditions,
  inspection: Inspection,
): Promise<Exclude<StateOutcome, { kind: 'aborted' }> | NamedFailure> {
  const failure = await beforeWork(state, visit, conditions, inspection);
  if (failure !== undefined) return failure;
  const outcome = await attemptOnce(workOf(state), visit);
  if (outcome.kind === 'aborted') throw new Error('Cannot abort the test of a state');
  if (outcome.kind !== 'failed') await noteResult(state, visit, observed, inspection);
  return outcome;
}

/**
 * Computes and notes what the state makes of its input; returns its failure, where that is known
 * then.
 */
async function beforeWork(
  state: State,
  visit: Visit,
  conditions: TestConditions,
  inspection: Inspection,
): Promise<TaskFailure | NamedFailure | undefined> {
  try {
    await inspectInput(state, visit, inspection);
    const { mock, isErrorFromTask } = conditions;
    if (state.type === 'Map') {
      const failure = await beforeIterations(state, visit, conditions, inspection);
      if (failure !== undefined) return failure;
    }
    if (mock?.kind !== 'error' || state.type === 'Task') return undefined;
    return { kind: 'failed', error: mock.error, cause: mock.cause, isFromTask: isErrorFromTask };
  } catch (error) {
    // An attempt at a state that is not a Map fails in the same way, and says so.
    if (!(error instanceof StateFailure)) throw error;
    if (state.type !== 'Map') return undefined;
    // AWS: such a cause doesn't name the state (recorded: test_state_map_context_object).
    return { kind: 'failed', error: error.error, cause: error.detail };
  }
}

async function beforeIterations(
  state: MapState,
  visit: Visit,
  { mapItemReaderData, mapIterationFailureCount: failures }: TestConditions,
  inspection: Inspection,
): Promise<TaskFailure | undefined> {
  const map = await inspectMap(state, visit, inspection, mapItemReaderData);
  if (failures === undefined) return undefined;
  if (failures > map.itemCount) {
    throw new AwsError(
      'ValidationException',
      'Map iteration failure count must be less than or equal to the number of Map iterations',
    );
  }
  if (!map.isExceededBy(failures)) return undefined;
  return {
    kind: 'failed',
    error: ERROR.exceedToleratedFailureThreshold,
    cause: 'The specified tolerated failure threshold was exceeded',
  };
}

/** A Parallel and a Map do their work as a Task does: by the mock. Retry and Catch come after. */
function workOf(state: State): State {
  if (state.type !== 'Parallel' && state.type !== 'Map') return state;
  return mockedTask(state);
}

function mockedTask({ name, comment, flow, transition }: ParallelState | MapState): TaskState {
  return {
    type: 'Task',
    name,
    comment,
    flow,
    transition,
    resource: { kind: 'lambda', text: 'arn:aws:lambda:::function:mock' },
    timeoutSeconds: undefined,
    heartbeatSeconds: undefined,
    roleArn: undefined,
    retriers: [],
    catchers: [],
  };
}

async function noteResult(
  state: State,
  visit: Visit,
  observed: Observed,
  inspection: Inspection,
): Promise<void> {
  const { flow } = state;
  const result = resultOf(state, observed, inspection);
  if (result === undefined) return;
  if (state.type === 'Task' || (state.type === 'Pass' && state.result !== undefined)) {
    inspection.result = result;
  }
  if (flow.language === 'JSONata') return;
  const selected =
    flow.resultSelector === undefined
      ? result
      : await evaluate(flow.resultSelector, { visit, root: result });
  inspection.afterResultSelector = selected;
  inspection.afterResultPath = combine(flow.resultPath, visit, selected);
}

function resultOf(state: State, observed: Observed, inspection: Inspection): Json | undefined {
  switch (state.type) {
    case 'Pass':
      return state.result ?? inspection.afterParameters;
    case 'Task':
    case 'Map':
    case 'Parallel':
      return observed.result;
    default:
      return undefined;
  }
}
