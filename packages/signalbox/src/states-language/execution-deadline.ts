import type { Ports } from './ports.ts';
import { FINISHED } from './state-outcome.ts';

/** The time limit of a whole execution. */
export interface ExecutionDeadline {
  /** Resolves when the time is up; never where the machine has no TimeoutSeconds. */
  readonly expired: Promise<'timed out'>;
  /**
   * Says that somebody is expected to answer, so that a clock that skips waits does not skip to the
   * deadline meanwhile; the returned function ends it.
   */
  expectResult(): () => void;
  /** Ends the time now. */
  expire(): void;
}

/** Starts an execution's time limit, which may have begun earlier; the signal ends it. */
export function startDeadline(
  timeoutSeconds: number | undefined,
  startedAt: Date | undefined,
  ports: Ports,
  signal: AbortSignal,
): ExecutionDeadline {
  let expire: (value: 'timed out') => void = () => undefined;
  const expired = new Promise<'timed out'>((resolve) => {
    expire = resolve;
  });
  if (timeoutSeconds === undefined) {
    return { expired, expectResult: () => () => undefined, expire: () => expire('timed out') };
  }
  const endMs = (startedAt ?? ports.now()).getTime() + timeoutSeconds * 1000;
  let expected = 0;
  let timer = startTimer();
  return {
    expired,
    expire: () => expire('timed out'),
    expectResult() {
      if (expected++ === 0) restart();
      return () => {
        if (--expected === 0) restart();
      };
    },
  };

  function restart(): void {
    timer.abort(FINISHED);
    timer = startTimer();
  }

  function startTimer(): AbortController {
    const controller = new AbortController();
    const either = AbortSignal.any([signal, controller.signal]);
    if (either.aborted) return controller;
    const delayMs = Math.max(0, endMs - ports.now().getTime());
    const wait = expected > 0 ? ports.deadline(delayMs, either) : ports.sleep(delayMs, either);
    void wait.then(() => {
      if (!either.aborted) expire('timed out');
    });
    return controller;
  }
}
