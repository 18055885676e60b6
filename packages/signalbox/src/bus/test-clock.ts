import { setImmediate } from 'node:timers/promises';
import type { Clock, Timer } from '../core/clock.ts';

/** A clock for tests that skips to the next timer whenever nothing holds it. */
export interface TestClock extends Clock {
  /** Skips until the work is done. */
  skipUntil(work: Promise<void>): Promise<void>;
}

/** Makes a clock that begins at a fixed time. */
export function createTestClock(startMs = Date.parse('2026-01-01T00:00:00Z')): TestClock {
  const timers = new Set<{ readonly timeMs: number; readonly wake: () => void }>();
  let nowMs = startMs;
  let holds = 0;

  function skip(): void {
    const [next] = [...timers].sort((a, b) => a.timeMs - b.timeMs);
    if (holds > 0 || next === undefined) return;
    timers.delete(next);
    nowMs = Math.max(nowMs, next.timeMs);
    next.wake();
  }

  return {
    now: () => new Date(nowMs),
    at(timeMs, wake): Timer {
      const timer = { timeMs, wake };
      timers.add(timer);
      return { cancel: () => timers.delete(timer) };
    },
    hold() {
      holds += 1;
      return () => {
        holds -= 1;
      };
    },
    async skipUntil(work) {
      let isDone = false;
      const done = work.finally(() => {
        isDone = true;
      });
      while (!isDone) {
        await setImmediate();
        skip();
      }
      await done;
    },
  };
}
