import type { Json } from '../../core/json.ts';
import type { TaskState } from '../ast.ts';
import { effectiveInput, leaveWith } from '../data-flow.ts';
import { leave } from '../leave.ts';
import type { TaskRequest } from '../ports.ts';
import { record, type Visit } from '../run.ts';
import type { PastAttempt } from '../starting-point.ts';
import { ABORTED, SIBLING_FAILED, type StateOutcome } from '../state-outcome.ts';
import { credentialsOf, limitsOf } from '../task/fields.ts';
import { performTask } from '../task/perform-task.ts';
import type { NamedFailure, TaskResult } from '../task-result.ts';

/** Calls a resource, waits for its result within the time limits, and makes the output of it. */
export async function runTask(state: TaskState, entered: Visit): Promise<StateOutcome> {
  const { resource } = state;
  const past = entered.past?.attempts[entered.retryCount];
  const visit = { ...entered, taskToken: past?.taskToken ?? newToken(state, entered) };
  const result =
    past?.end?.result ??
    (await performTask({
      visit,
      resource,
      limits: await limitsOf(state, visit),
      request: past === undefined ? await requestOf(state, visit) : sameRequest(state, visit, past),
      past,
    }));
  if (result === 'aborted') {
    if (visit.run.signal.reason === SIBLING_FAILED) record(visit.run, { type: 'TaskStateAborted' });
    return ABORTED;
  }
  return conclude(state, visit, result);
}

async function conclude(state: TaskState, visit: Visit, result: TaskResult): Promise<StateOutcome> {
  if (result.kind === 'failed') {
    const failure: NamedFailure = { ...result, isFromTask: true };
    return failure;
  }
  const leaving = await leaveWith(state.flow, visit, result.output);
  return leave(state, visit, leaving, state.transition);
}

/** AWS: the context object of a `.sync` task has a token too. */
function newToken({ resource }: TaskState, { run }: Visit): string | undefined {
  const hasToken = resource.kind === 'service' && resource.pattern !== 'requestResponse';
  return hasToken ? run.ports.taskToken() : undefined;
}

/** The request of an attempt that another process has made: the same again, as after a lost response. */
function sameRequest(state: TaskState, visit: Visit, past: PastAttempt): TaskRequest {
  const { parameters, roleArn } = past;
  return {
    resource: state.resource.text,
    parameters,
    taskToken: handedOutToken(state, visit, parameters),
    roleArn,
    stateName: state.name,
    retryCount: visit.retryCount,
  };
}

/** AWS: whoever gets the token of a `.sync` task in its parameters may end the task by it. */
function handedOutToken(
  { resource }: TaskState,
  { taskToken }: Visit,
  parameters: Json,
): string | undefined {
  if (taskToken === undefined || resource.kind !== 'service') return undefined;
  if (resource.pattern === 'waitForTaskToken') return taskToken;
  return JSON.stringify(parameters).includes(taskToken) ? taskToken : undefined;
}

async function requestOf(state: TaskState, visit: Visit): Promise<TaskRequest> {
  const parameters: Json = await effectiveInput(state.flow, visit);
  return {
    resource: state.resource.text,
    parameters,
    taskToken: handedOutToken(state, visit, parameters),
    roleArn: await credentialsOf(state, visit),
    stateName: state.name,
    retryCount: visit.retryCount,
  };
}
