import { exceedsPayloadLimit, tooLargeResult } from '../../core/payload-limit.ts';
import { ERROR } from '../error-names.ts';
import { HEARTBEAT_ALIAS } from '../retry-and-catch/with-retry-and-catch.ts';
import type { Run } from '../run.ts';
import { FINISHED } from '../state-outcome.ts';
import type { NamedFailure, TaskResult } from '../task-result.ts';
import type { TimeLimits } from './fields.ts';

/** The time limits of a piece of work. */
export interface Limits extends TimeLimits {
  /** As a cause names the task: the service, or the ARN of the function or activity. */
  readonly taskName: string;
  /** Whether somebody outside is expected to answer, so that a skipping clock may not skip the wait. */
  readonly awaited: boolean;
  /** When the time limit began, where an earlier process began it; a heartbeat counts from now. */
  readonly since?: Date | undefined;
}

/** The arguments of the work: a signal that ends it, and a function that reports that it lives. */
export interface Work {
  readonly signal: AbortSignal;
  heartbeat(): void;
}

/** A task that took too long: its failure, apart from one that it returned itself. */
export interface TimedOut {
  readonly kind: 'timed out';
  readonly failure: NamedFailure;
}

/** The end of an attempt at a task. */
export type AttemptEnd = TaskResult | TimedOut | 'aborted';

/** Runs a piece of work until it returns, a limit is up, or the run is aborted. */
export async function withinLimits(
  run: Run,
  limits: Limits,
  work: (given: Work) => Promise<TaskResult>,
): Promise<AttemptEnd> {
  if (run.signal.aborted) return 'aborted';
  const controller = new AbortController();
  const stopExpecting = limits.awaited ? run.expectResult() : undefined;
  const stop = new Promise<'aborted'>((resolve) => {
    controller.signal.addEventListener('abort', () => resolve('aborted'));
  });
  const abort = (): void => controller.abort(run.signal.reason);
  run.signal.addEventListener('abort', abort);
  const timer = startTimers(run, limits);
  try {
    const given = { signal: controller.signal, heartbeat: timer.heartbeat };
    const ending = await Promise.race([stop, timer.lapsed, work(given)]);
    if (run.signal.aborted) return 'aborted';
    return ending !== 'aborted' && ending.kind === 'succeeded' ? weighed(ending, limits) : ending;
  } finally {
    run.signal.removeEventListener('abort', abort);
    timer.stop();
    stopExpecting?.();
    controller.abort(FINISHED);
  }
}

/** AWS: a result over 256 KiB is the task's failure, which names the resource. */
function weighed(result: Extract<TaskResult, { kind: 'succeeded' }>, limits: Limits): TaskResult {
  if (!exceedsPayloadLimit(result.output)) return result;
  const cause = tooLargeResult(limits.taskName);
  return { kind: 'failed', error: ERROR.dataLimitExceeded, cause };
}

interface Timers {
  readonly lapsed: Promise<TimedOut>;
  heartbeat(): void;
  stop(): void;
}

function startTimers(run: Run, limits: Limits): Timers {
  let lapse: (ending: TimedOut) => void = () => undefined;
  const lapsed = new Promise<TimedOut>((resolve) => {
    lapse = resolve;
  });
  const sinceMs = limits.since?.getTime() ?? run.ports.now().getTime();
  const elapsedMs = run.ports.now().getTime() - sinceMs;
  const limit = startTimer(limits.timeoutSeconds, {}, elapsedMs);
  let pulse = startTimer(limits.heartbeatSeconds, { alias: HEARTBEAT_ALIAS });
  return {
    lapsed,
    heartbeat() {
      pulse?.abort(FINISHED);
      pulse = startTimer(limits.heartbeatSeconds, { alias: HEARTBEAT_ALIAS });
    },
    stop() {
      limit?.abort(FINISHED);
      pulse?.abort(FINISHED);
    },
  };

  function startTimer(
    seconds: number | undefined,
    named: Pick<NamedFailure, 'alias'>,
    alreadyMs = 0,
  ): AbortController | undefined {
    if (seconds === undefined) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    const { deadline, sleep } = run.ports;
    const delayMs = Math.max(0, seconds * 1000 - alreadyMs);
    const wait = limits.awaited ? deadline(delayMs, signal) : sleep(delayMs, signal);
    // AWS: a lapsed heartbeat reads States.Timeout in the history, and has its own name for Catch.
    const failure = { kind: 'failed', error: ERROR.timeout, cause: undefined, ...named } as const;
    void wait.then(() => {
      if (!signal.aborted) lapse({ kind: 'timed out', failure });
    });
    return controller;
  }
}
