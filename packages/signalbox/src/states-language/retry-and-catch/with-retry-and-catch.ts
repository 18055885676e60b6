import type { MapState, ParallelState, TaskState } from '../ast.ts';
import { ERROR, type ErrorNames } from '../error-names.ts';
import { type Eventual, onceReady } from '../eventual.ts';
import { leave } from '../leave.ts';
import { record, recordOn, type Visit } from '../run.ts';
import { ABORTED, type StateOutcome } from '../state-outcome.ts';
import type { NamedFailure, TaskFailure } from '../task-result.ts';
import { findCatcher, leaveCaught } from './catch.ts';
import { catchStateFailure } from './catch-state-failure.ts';
import { RetryCounts } from './retry.ts';

/** Attempts a state until it succeeds or no retrier covers its failure, then tries the catchers. */
export async function withRetryAndCatch(
  state: TaskState | ParallelState | MapState,
  visit: Visit,
  attempt: (visit: Visit) => Eventual<StateOutcome>,
): Promise<StateOutcome> {
  const { run } = visit;
  const random = (): number => run.ports.random();
  const counts = new RetryCounts(state.retriers);
  const earlier = visit.past?.retries ?? [];
  for (const { errors } of earlier) counts.next(errors, random);
  if (!(await earlierDelay(visit))) return ABORTED;
  for (let retryCount = earlier.length; ; retryCount++) {
    const outcome = await attempt(attemptOf(visit, retryCount));
    if (outcome.kind !== 'failed') return outcome;
    const errors = namesOf(outcome);
    const delayMs = counts.next(errors, random);
    if (delayMs === undefined) return caughtOrFailed(state, outcome, { ...visit, retryCount });
    if (state.type !== 'Task') keepRetry(visit, errors, delayMs);
    // Another process that goes on may have slept already, wholly or in part.
    if (visit.past?.attempts[retryCount + 1] !== undefined) continue;
    await run.ports.sleep(leftOf(delayMs, visit, retryCount), run.signal);
    if (run.signal.aborted) return ABORTED;
  }
}

/** AWS: only the first attempt after a redrive goes on in the branches; another begins anew. */
function attemptOf(visit: Visit, retryCount: number): Visit {
  const isFirst = retryCount === (visit.past?.retries.length ?? 0);
  if (isFirst) return { ...visit, retryCount };
  return { ...visit, retryCount, branches: undefined, mapRunArn: undefined };
}

/** Waits for what is left of a wait between two attempts of an earlier process; false once aborted. */
async function earlierDelay({ past, run }: Visit): Promise<boolean> {
  const last = past?.retries.at(-1);
  if (last === undefined || last.lastEventId !== past?.lastEventId) return true;
  const leftMs = last.dueAt.getTime() - run.ports.now().getTime();
  await run.ports.sleep(Math.max(0, leftMs), run.signal);
  return !run.signal.aborted;
}

function keepRetry({ enteredEventId, run }: Visit, errors: ErrorNames, delayMs: number): void {
  const dueAt = new Date(run.ports.now().getTime() + delayMs);
  run.ports.keepRetry?.(enteredEventId, { errors, dueAt, lastEventId: run.branch.lastEventId });
}

function leftOf(delayMs: number, { past, run }: Visit, retryCount: number): number {
  const failedAt = past?.attempts[retryCount]?.end?.at;
  if (failedAt === undefined) return delayMs;
  return Math.max(0, failedAt.getTime() + delayMs - run.ports.now().getTime());
}

function namesOf({ alias, error, isFromTask = false }: NamedFailure): ErrorNames {
  return { names: alias === undefined ? [error] : [alias, error], isFromTask };
}

async function caughtOrFailed(
  state: TaskState | ParallelState | MapState,
  failure: TaskFailure,
  visit: Visit,
): Promise<StateOutcome> {
  const { run } = visit;
  const catcher = findCatcher(state.catchers, namesOf(failure));
  // AWS: States.Runtime ends the execution at once.
  if (state.type !== 'Task' && failure.error !== ERROR.runtime) {
    record(run, { type: `${state.type}StateFailed` });
  }
  if (catcher === undefined) {
    // AWS: inside a branch, the Task whose failure ends the branch is aborted; its last event stays the last.
    if (state.type === 'Task' && run.isBranch) {
      recordOn(run, run.branch.fork(), { type: 'TaskStateAborted' });
    }
    return failure;
  }
  // A failure inside a Catch is caught by nobody.
  return catchStateFailure(visit, () =>
    onceReady(leaveCaught(catcher, failure, visit), (leaving) =>
      leave(state, visit, leaving, { kind: 'next', state: catcher.next }),
    ),
  );
}

/** Names what a lapsed heartbeat is called besides States.Timeout. */
export const HEARTBEAT_ALIAS = ERROR.heartbeatTimeout;
