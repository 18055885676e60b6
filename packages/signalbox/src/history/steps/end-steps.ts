import type { EventFacts } from './event-facts.ts';
import { hasFailed, type Step, type StepStatus } from './step.ts';

type ParentOf = (step: Step) => Step | undefined;

/** Ends the steps inside a Map or Parallel that ends itself, or of one iteration. */
export function endInside(
  steps: readonly Step[],
  { type, index, atMs }: EventFacts,
  owner: Step,
  parentOf: ParentOf,
): void {
  const isIteration = /^MapIteration(Failed|Aborted)$/.test(type);
  if (!isIteration && !/^(Map|Parallel)State(Failed|Aborted|Exited)$/.test(type)) return;
  const iteration = isIteration ? index : undefined;
  const open = openAfter(steps, owner.id);
  for (const step of open.filter((one) => isInside(one, owner, iteration, parentOf))) {
    end(step, atMs, didFail(step) ? 'failed' : 'aborted');
  }
}

/** The steps that were entered after one, and are not over. */
function openAfter(steps: readonly Step[], stepId: number): readonly Step[] {
  const first = steps.findLastIndex(({ id }) => id <= stepId);
  return steps.slice(first + 1).filter(({ exitedMs }) => exitedMs === undefined);
}

function isInside(step: Step, owner: Step, index: number | undefined, parentOf: ParentOf): boolean {
  for (let at: Step | undefined = step; at !== undefined; at = parentOf(at)) {
    if (at.parent?.stepId !== owner.id) continue;
    return index === undefined || at.parent.index === index;
  }
  return false;
}

/**
 * Ends the steps under way when an execution ends; a redrive opens them again.
 *
 * @param last The step of the event that led to the end: it is why.
 */
export function endExecution(
  steps: readonly Step[],
  { type, atMs, error, cause }: EventFacts,
  last: Step | undefined,
): void {
  if (type === 'ExecutionRedriven') reopen(steps);
  if (!/^Execution(Failed|TimedOut|Aborted)$/.test(type)) return;
  for (const step of steps) {
    if (step.exitedMs !== undefined) continue;
    const isWhy = step === last || didFail(step) || last?.parent?.stepId === step.id;
    end(step, atMs, statusAt(type, isWhy));
    if (step === last && type === 'ExecutionFailed') {
      step.error ??= error;
      step.cause ??= cause;
    }
  }
}

function statusAt(type: string, isWhy: boolean): StepStatus {
  if (type === 'ExecutionTimedOut') return 'timed-out';
  return type === 'ExecutionFailed' && isWhy ? 'failed' : 'aborted';
}

/** AWS: a redrive goes on in the steps that did not succeed. */
function reopen(steps: readonly Step[]): void {
  for (const step of steps) {
    if (!hasFailed(step) || step.output !== undefined || step.type === 'Fail') continue;
    step.status = step.type === 'Wait' ? 'waiting' : 'running';
    step.exitedMs = undefined;
  }
}

function end(step: Step, atMs: number, status: StepStatus): void {
  step.exitedMs = atMs;
  step.status = status;
}

function didFail({ status, type }: Step): boolean {
  return status === 'failed' || status === 'retrying' || type === 'Fail';
}
