import type { EventFacts } from './event-facts.ts';
import type { Attempt, Iteration, Step } from './step.ts';

/** Takes an event of a step into it. */
export function changeStep(step: Step, facts: EventFacts): void {
  const { type } = facts;
  if (type.startsWith('MapRun')) step.mapRunArn = facts.mapRunArn ?? step.mapRunArn;
  if (type === 'MapStateStarted') step.length = facts.length;
  if (type.endsWith('StateExited')) leave(step, facts);
  else if (type.endsWith('StateAborted')) abort(step, facts);
  else if (type.startsWith('MapIteration')) changeIteration(step, facts);
  else if (FAILURES.has(type)) fail(step, facts);
  else changeAttempts(step, facts);
}

const FAILURES: ReadonlySet<string> = new Set([
  'MapStateFailed',
  'MapRunFailed',
  'ParallelStateFailed',
  'EvaluationFailed',
]);

function abort(step: Step, { atMs }: EventFacts): void {
  step.status = 'aborted';
  step.exitedMs = atMs;
}

function leave(step: Step, { atMs, output, assigned }: EventFacts): void {
  // A step that failed and was left all the same was caught.
  step.status = step.status === 'retrying' || step.status === 'failed' ? 'caught' : 'succeeded';
  step.exitedMs = atMs;
  step.output = output;
  step.assigned = assigned;
}

function fail(step: Step, { error, cause }: EventFacts): void {
  step.status = 'failed';
  step.error = error ?? step.error;
  step.cause = cause ?? step.cause;
}

const ITERATION_ENDS: Readonly<Record<string, Iteration['status']>> = {
  MapIterationSucceeded: 'succeeded',
  MapIterationFailed: 'failed',
  MapIterationAborted: 'aborted',
};

function changeIteration(step: Step, { type, index = 0, atMs }: EventFacts): void {
  const known = step.iterations.get(index);
  const status = ITERATION_ENDS[type];
  if (known === undefined || status === undefined) {
    const begun = { index, startedMs: atMs, endedMs: undefined, status: 'running' as const };
    step.iterations.set(index, begun);
    return;
  }
  known.status = status;
  known.endedMs = atMs;
}

function changeAttempts(step: Step, facts: EventFacts): void {
  const { type } = facts;
  if (type.endsWith('Scheduled')) {
    step.attempts.push(attemptOf(facts));
    step.status = 'running';
    step.error = undefined;
    step.cause = undefined;
    return;
  }
  const attempt = step.attempts.at(-1);
  if (attempt === undefined) return;
  if (type.endsWith('Submitted')) {
    attempt.isSubmitted = true;
    attempt.output = facts.output;
    step.status = 'waiting';
    return;
  }
  if (type.endsWith('Succeeded')) {
    Object.assign(attempt, { status: 'succeeded', endedMs: facts.atMs, output: facts.output });
    step.status = 'running';
    return;
  }
  if (!/(Failed|TimedOut)$/.test(type)) return;
  const { error, cause, atMs } = facts;
  Object.assign(attempt, { status: 'failed', endedMs: atMs, error, cause });
  Object.assign(step, { status: 'retrying', error, cause });
}

function attemptOf({ id, atMs, resource, input }: EventFacts): Attempt {
  return {
    scheduledId: id,
    startedMs: atMs,
    endedMs: undefined,
    status: 'running',
    resource,
    parameters: input,
    output: undefined,
    error: undefined,
    cause: undefined,
    isSubmitted: false,
  };
}
