/**
 * Time as a port: the same code runs in real time and in time that skips its waits. What class each
 * wait has is written in docs/clock.md.
 */
export interface Clock {
  now(): Date;
  /**
   * Calls `wake` once, at or after `timeMs` (Unix milliseconds).
   * A skipping clock jumps to it, unless its kind says otherwise.
   */
  at(timeMs: number, wake: () => void, options?: TimerOptions): Timer;
  /** Says that real work is under way, so that time may not skip; the returned function ends it, once. */
  hold(): () => void;
  /** The milliseconds that it has jumped over so far; 0 for a clock that never skips. */
  skippedMs(): number;
}

/** The meaning of a timer for a clock that skips. */
export interface TimerOptions {
  /** A deadline before which somebody is expected to answer, such as a task token's: never jumped over. */
  readonly awaited?: boolean;
  /** Something that goes on beside the work or is a client's own, such as a long poll: never a reason to jump. */
  readonly background?: boolean;
  /** Where the time has come already: waits until nothing is under way, and time skips no further before it. */
  readonly atRest?: boolean;
}

/** A pending call of a clock. */
export interface Timer {
  cancel(): void;
}

/** Waits on a clock; resolves early when the signal aborts, and leaves no timer behind. */
export function sleep(
  clock: Clock,
  delayMs: number,
  signal?: AbortSignal,
  options?: TimerOptions,
): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const timer = clock.at(clock.now().getTime() + delayMs, finish, options);
    function finish(): void {
      timer.cancel();
      signal?.removeEventListener('abort', finish);
      resolve();
    }
    signal?.addEventListener('abort', finish);
  });
}
