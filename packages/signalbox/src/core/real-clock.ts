import type { Clock, Timer } from './clock.ts';

/** Node fires a longer timer at once, so a longer wait is made of several. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Waits in real time on an unref'd timer; shared by the clocks. */
export function setRealTimer(wake: () => void, delayMs: number): Timer {
  const timer = setTimeout(wake, Math.min(Math.max(delayMs, 0), LONGEST_TIMER_MS));
  timer.unref();
  return { cancel: () => clearTimeout(timer) };
}

/** Creates the clock that keeps the machine's own time; its timers do not keep the process alive. */
export function createRealClock(): Clock {
  return {
    now: () => new Date(),
    at(timeMs, wake) {
      let timer = arm();
      function arm(): Timer {
        return setRealTimer(() => {
          if (Date.now() >= timeMs) wake();
          else timer = arm();
        }, timeMs - Date.now());
      }
      return { cancel: () => timer.cancel() };
    },
    hold: () => () => {},
    skippedMs: () => 0,
  };
}
