import type { Clock, Timer } from '../core/clock.ts';

/** A clock for tests that stands still until `advance` moves it, waking every timer on the way. */
export interface TestClock extends Clock {
  /** Moves time on, wakes what falls due in order, and lets promises settle after each. */
  advance(delayMs: number): Promise<void>;
  /** Timers that have neither woken nor been cancelled. */
  pending(): number;
}

interface PendingTimer {
  readonly timeMs: number;
  readonly wake: () => void;
}

/** Makes a test clock that starts at the given time. */
export function createTestClock(startsAt = '2026-01-05T10:00:00.000Z'): TestClock {
  let nowMs = Date.parse(startsAt);
  const timers = new Set<PendingTimer>();

  function at(timeMs: number, wake: () => void): Timer {
    const timer = { timeMs, wake };
    timers.add(timer);
    return { cancel: () => timers.delete(timer) };
  }

  async function advance(delayMs: number): Promise<void> {
    const untilMs = nowMs + delayMs;
    for (let due = earliest(untilMs); due !== undefined; due = earliest(untilMs)) {
      timers.delete(due);
      nowMs = Math.max(nowMs, due.timeMs);
      due.wake();
      await settled();
    }
    nowMs = untilMs;
    await settled();
  }

  function earliest(untilMs: number): PendingTimer | undefined {
    return [...timers]
      .filter(({ timeMs }) => timeMs <= untilMs)
      .sort((left, right) => left.timeMs - right.timeMs)[0];
  }

  return {
    now: () => new Date(nowMs),
    at,
    hold: () => () => {},
    advance,
    pending: () => timers.size,
  };
}

/** Lets every promise that is ready settle. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
