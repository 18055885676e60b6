import type { Clock, Timer } from './clock.ts';

/** A clock for tests that stands still until it is moved, and wakes every timer on the way. */
export interface TestClock extends Clock {
  /** Moves time on, wakes what falls due in order, and lets promises settle after each. */
  advance(delayMs: number): Promise<void>;
  /** Jumps from timer to timer, whenever nothing holds the clock, until the work is done. */
  skipUntil(work: Promise<void>): Promise<void>;
  /** Timers that have neither woken nor been cancelled. */
  pending(): number;
}

interface PendingTimer {
  readonly timeMs: number;
  readonly wake: () => void;
}

/** Makes a test clock that starts at the given time. */
export function createTestClock(startsAt = '2026-01-05T10:00:00.000Z'): TestClock {
  const timers = new Set<PendingTimer>();
  let nowMs = Date.parse(startsAt);
  let holds = 0;

  function wakeNext(untilMs: number): boolean {
    const [next] = [...timers]
      .filter(({ timeMs }) => timeMs <= untilMs)
      .sort((left, right) => left.timeMs - right.timeMs);
    if (next === undefined) return false;
    timers.delete(next);
    nowMs = Math.max(nowMs, next.timeMs);
    next.wake();
    return true;
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
    skippedMs: () => 0,
    pending: () => timers.size,
    async advance(delayMs) {
      const untilMs = nowMs + delayMs;
      while (wakeNext(untilMs)) await settlePromises();
      nowMs = untilMs;
      await settlePromises();
    },
    async skipUntil(work) {
      let isDone = false;
      const done = work.finally(() => {
        isDone = true;
      });
      while (!isDone) {
        await settlePromises();
        if (holds === 0) wakeNext(Number.POSITIVE_INFINITY);
      }
      await done;
    },
  };
}

/** Lets every promise that is ready settle. */
export function settlePromises(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
