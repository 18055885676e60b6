import type { MapState, ParallelState, TaskState } from '../ast.ts';
import { ERROR, type ErrorNames } from '../error-names.ts';
import { type Eventual, onceReady } from '../eventual.ts';
import { leave } from '../leave.ts';
import { record, recordOn, type Visit } from '../run.ts';
import { ABORTED, type StateOutcome } from '../state-outcome.ts';
import type { TaskFailure } from '../task-result.ts';
import { findCatcher, leaveCaught } from './catch.ts';
import { catchStateFailure } from './catch-state-failure.ts';
import { RetryCounts } from './retry.ts';

/** A failure with what Retry and Catch must know of it beyond its error. */
export interface NamedFailure extends TaskFailure {
  /** A second name, by which they may cover it too. */
  readonly alias?: string;
  /** Set where the task returned it, rather than the state. */
  readonly isFromTask?: boolean;
}

/** Attempts a state until it succeeds or no retrier covers its failure, then tries the catchers. */
export async function withRetryAndCatch(
  state: TaskState | ParallelState | MapState,
  visit: Visit,
  attempt: (visit: Visit) => Eventual<StateOutcome>,
): Promise<StateOutcome> {
  const { run } = visit;
  const counts = new RetryCounts(state.retriers);
  for (let retryCount = 0; ; retryCount++) {
    const outcome = await attempt({ ...visit, retryCount });
    if (outcome.kind !== 'failed') return outcome;
    const errors = namesOf(outcome);
    const delayMs = counts.next(errors, () => run.ports.random());
    if (delayMs === undefined) return caughtOrFailed(state, outcome, { ...visit, retryCount });
    // Another process that goes on may have slept already, wholly or in part.
    if (visit.past?.attempts[retryCount + 1] !== undefined) continue;
    await run.ports.sleep(leftOf(delayMs, visit, retryCount), run.signal);
    if (run.signal.aborted) return ABORTED;
  }
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
