/** Time as a port: the same code runs in real time and in time that skips its waits. */
export interface Clock {
  now(): Date;
  /**
   * Calls `wake` once, at or after `timeMs` (Unix milliseconds).
   * `awaited` marks a deadline before which somebody is expected to answer, such as that of a task
   * token: a skipping clock never jumps over it.
   */
  at(timeMs: number, wake: () => void, options?: { readonly awaited?: boolean }): Timer;
  /** Says that real work is under way, so that time may not skip; the answer ends it, once. */
  hold(): () => void;
}

/** A pending call of a clock. */
export interface Timer {
  cancel(): void;
}

/** Waits on a clock; resolves early when the signal aborts, and leaves no timer behind. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const timer = clock.at(clock.now().getTime() + delayMs, finish);
    function finish(): void {
      timer.cancel();
      signal?.removeEventListener('abort', finish);
      resolve();
    }
    signal?.addEventListener('abort', finish);
  });
}
