import type { Timer } from '../core/clock.ts';

/** The time that a countdown counts. */
export interface CountdownTime {
  /** Milliseconds that never go back. */
  readonly now: () => number;
  readonly setTimer: (wake: () => void, delayMs: number) => Timer;
}

/** It looks at the time so often. */
const STEP_MS = 250;

/** A step that took longer than this was no running time: the machine was asleep, or this process busy. */
const LONGEST_STEP_MS = 1_000;

const REAL_TIME: CountdownTime = {
  now: () => performance.now(),
  setTimer(wake, delayMs) {
    const timer = setTimeout(wake, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
};

/**
 * Calls `onEnd` after so many milliseconds of running time. A machine that sleeps for a minute takes no
 * minute from a function, which slept too.
 */
export function startCountdown(
  limitMs: number,
  onEnd: () => void,
  { now, setTimer }: CountdownTime = REAL_TIME,
): Timer {
  let leftMs = limitMs;
  let timer = step();
  function step(): Timer {
    const startedAtMs = now();
    return setTimer(
      () => {
        leftMs -= Math.min(now() - startedAtMs, LONGEST_STEP_MS);
        if (leftMs <= 0) onEnd();
        else timer = step();
      },
      Math.min(STEP_MS, leftMs),
    );
  }
  return { cancel: () => timer.cancel() };
}
