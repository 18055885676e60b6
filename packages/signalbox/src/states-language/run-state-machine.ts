import type { Json } from '../core/json.ts';
import { isJsonObject } from '../core/json.ts';
import { onAbort } from '../core/on-abort.ts';
import type { StateMachine } from './ast.ts';
import { ERROR } from './error-names.ts';
import { type ExecutionDeadline, startDeadline } from './execution-deadline.ts';
import type { Ports } from './ports.ts';
import { HistoryFull, type Run } from './run.ts';
import { runGraph } from './run-graph.ts';
import type { StartingPoint } from './starting-point.ts';
import { FINISHED, type GraphOutcome } from './state-outcome.ts';
import type { TaskFailure, TaskResult } from './task-result.ts';
import { Variables } from './variables.ts';

/**
 * Runs a machine from its first state to its end, and records ExecutionStarted … ExecutionSucceeded,
 * ExecutionFailed or ExecutionTimedOut. When the signal aborts it stops, records nothing more and
 * returns a failure without error and cause: whoever aborted records ExecutionAborted.
 * A bug of ours ends the execution as States.Runtime, and is thrown.
 */
export async function runStateMachine(
  machine: StateMachine,
  input: Json,
  ports: Ports,
  signal: AbortSignal,
): Promise<TaskResult> {
  recordStart(input, ports);
  return runFrom(machine, { state: machine.startAt, input, variables: {} }, ports, signal);
}

/** As `runStateMachine`, from another state on, and without recording ExecutionStarted. */
export async function runFrom(
  machine: StateMachine,
  start: StartingPoint,
  ports: Ports,
  signal: AbortSignal,
): Promise<TaskResult> {
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal.reason);
  if (signal.aborted) abort();
  const endWaiting = onAbort(signal, abort);
  const deadline = startDeadline(machine.timeoutSeconds, start.startedAt, ports, controller.signal);
  try {
    const graph = { startAt: start.state, states: machine.states };
    const run = trunkRun(machine, start, ports, controller.signal, deadline);
    const ending = await Promise.race([
      deadline.expired,
      runGraph(graph, start.input, run, start.entered),
    ]);
    return recordEnding(ending, ports);
  } catch (error) {
    const cause = error instanceof HistoryFull ? error.message : INTERNAL_ERROR;
    const failure = recordEnding({ kind: 'failed', error: ERROR.runtime, cause }, ports);
    if (error instanceof HistoryFull) return failure;
    throw error;
  } finally {
    endWaiting();
    controller.abort(FINISHED);
  }
}

const INTERNAL_ERROR = 'An internal error occurred: see the log';

function trunkRun(
  machine: StateMachine,
  start: StartingPoint,
  ports: Ports,
  signal: AbortSignal,
  deadline: ExecutionDeadline,
): Run {
  return {
    ports,
    machine,
    branch: ports.history,
    variables: new Variables(start.variables),
    signal,
    isBranch: false,
    map: undefined,
    runGraph,
    runMachine: runStateMachine,
    runMachineFrom: runFrom,
    expectResult: deadline.expectResult,
    timeOut: deadline.expire,
  };
}

function recordStart(input: Json, ports: Ports): void {
  const execution = ports.context['Execution'];
  const roleArn = isJsonObject(execution) ? execution['RoleArn'] : undefined;
  ports.history.record({
    type: 'ExecutionStarted',
    input,
    roleArn: typeof roleArn === 'string' ? roleArn : '',
    ...ports.startedBy,
  });
}

function recordEnding(ending: GraphOutcome | 'timed out', ports: Ports): TaskResult {
  if (ending === 'timed out') {
    const failure: TaskFailure = { kind: 'failed', error: ERROR.timeout, cause: undefined };
    ports.history.record({ type: 'ExecutionTimedOut', error: ERROR.timeout });
    return failure;
  }
  switch (ending.kind) {
    case 'succeeded':
      ports.history.record({ type: 'ExecutionSucceeded', output: ending.output });
      return ending;
    case 'failed': {
      const { error, cause } = ending;
      ports.history.record({ type: 'ExecutionFailed', error, cause });
      return ending;
    }
    case 'aborted':
      return { kind: 'failed', error: undefined, cause: undefined };
  }
}
