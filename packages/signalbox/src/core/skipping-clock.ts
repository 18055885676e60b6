import type { Clock, Timer } from './clock.ts';
import { createMachineTime } from './machine-time.ts';
import { isTurnAwaited } from './next-turn.ts';
import { setRealTimer } from './real-clock.ts';
import { createTimerQueue } from './timer-queue.ts';

/** The real time underneath a skipping clock. */
export interface RealTime {
  /** Unix milliseconds. */
  readonly realNow: () => number;
  /** Calls `wake` after a real delay, without keeping the process alive. */
  readonly setTimer: (wake: () => void, delayMs: number) => Timer;
  /** Calls back after the events that are ready now. */
  readonly setImmediate: (callback: () => void) => void;
}

/** The start of a skipping clock, and the real time that it waits in. */
export interface SkippingClockOptions extends Partial<RealTime> {
  /** Unix milliseconds at which it begins; the real present where it is left out. */
  readonly startsAtMs?: number | undefined;
}

/** A clock that skips its waits; what is awaited from outside it waits for in real time. */
export interface SkippingClock extends Clock {
  /** Lets time skip as far as `timeMs` (Unix milliseconds), over awaited deadlines too: nobody answers. */
  skipTo(timeMs: number): void;
  /** The earliest awaited deadline in Unix milliseconds; undefined when nobody is waited for. */
  nextAwaited(): number | undefined;
  /**
   * Says that the rehearsal is at work where AWS is not, as when it builds a function: time stands
   * still, and what a busy machine takes for it is no time. The returned function ends it, once.
   */
  standStill(): () => void;
  /** Resolves when nothing is under way and time can't skip: all is done, or waits for somebody. */
  rested(): Promise<void>;
}

const REAL_TIME: RealTime = {
  realNow: () => Date.now(),
  setTimer: setRealTimer,
  setImmediate: (callback) => void setImmediate(callback),
};

/**
 * Creates a clock that jumps to its earliest timer whenever no `hold` is held and the event loop has
 * come to rest. It never jumps to or over an awaited timer: that one fires when its time has come.
 */
export function createSkippingClock(options: SkippingClockOptions = {}): SkippingClock {
  const { setTimer, setImmediate, startsAtMs, ...given } = { ...REAL_TIME, ...options };
  const machine = createMachineTime(given.realNow, startsAtMs);
  const queue = createTimerQueue();
  let skippedMs = 0;
  let skipLimitMs = Number.NEGATIVE_INFINITY;
  const holds = createHolds(() => rest());
  let armed: Timer | undefined;
  let restings = 0;
  const resters = createWaiters();
  const atRest = createAtRest();
  const nowMs = (): number => machine.now() + skippedMs;

  // Two turns: what the first one's events have made ready runs in the second. A later call starts
  // the count again, so that work which goes on is not taken for rest.
  function rest(): void {
    armed?.cancel();
    armed = undefined;
    restings += 1;
    const resting = restings;
    setImmediate(() => setImmediate(() => resting === restings && goOn(rest, proceed)));
  }

  function proceed(): void {
    if (holds.none() && atRest.wakeNext(rest)) return;
    const goal = queue.firstForeground();
    if (holds.none()) skip(goal?.timeMs, goal?.awaited ?? false);
    const next = queue.first();
    if (next === undefined || next.timeMs > nowMs()) {
      if (next !== undefined) armed = setTimer(rest, next.timeMs - nowMs());
      if (holds.none()) resters.wake();
      return;
    }
    queue.remove(next);
    // One at a time: what a timer wakes may cancel the next, and may take hold of the clock.
    rest();
    next.wake();
  }

  function skip(nextMs: number | undefined, awaited: boolean): void {
    const mayReachNext = nextMs !== undefined && (!awaited || nextMs <= skipLimitMs);
    const targetMs = mayReachNext ? nextMs : Math.min(skipLimitMs, nextMs ?? skipLimitMs);
    skippedMs += Math.max(targetMs - nowMs(), 0);
  }

  return {
    now: () => new Date(nowMs()),
    at(timeMs, wake, { awaited = false, background = false, atRest: mustRest = false } = {}) {
      if (mustRest && timeMs <= nowMs()) return atRest.add(wake, rest);
      const timer = queue.add({ timeMs, awaited, background, wake });
      rest();
      return {
        cancel() {
          if (queue.remove(timer)) rest();
        },
      };
    },
    hold: holds.hold,
    skippedMs: () => skippedMs,
    standStill: () => inTurn(machine.stop(), rest),
    skipTo(timeMs) {
      skipLimitMs = Math.max(skipLimitMs, timeMs);
      rest();
    },
    rested() {
      rest();
      return resters.add();
    },
    nextAwaited: () => queue.firstAwaited()?.timeMs,
  };
}

function inTurn(first: () => void, second: () => void): () => void {
  return () => {
    first();
    second();
  };
}

/** Long work that gives turns of the event loop to others is no rest. */
function goOn(rest: () => void, proceed: () => void): void {
  if (isTurnAwaited()) rest();
  else proceed();
}

/** Counts what holds the clock; `onFree` is called when the last hold ends. */
function createHolds(onFree: () => void): { none(): boolean; hold(): () => void } {
  let count = 0;
  return {
    none: () => count === 0,
    hold() {
      count += 1;
      let held = true;
      return () => {
        if (held) count -= 1;
        held = false;
        if (count === 0) onFree();
      };
    },
  };
}

/** Keeps what waits until nothing is under way. */
function createAtRest() {
  const waiting = new Set<() => void>();
  return {
    add(wake: () => void, rest: () => void): Timer {
      const own = (): void => wake();
      waiting.add(own);
      rest();
      return { cancel: () => void waiting.delete(own) };
    },
    /** Wakes the one that has waited longest, if there is one, and begins to rest again. */
    wakeNext(rest: () => void): boolean {
      const [first] = waiting;
      if (first === undefined) return false;
      waiting.delete(first);
      rest();
      first();
      return true;
    },
  };
}

/** Keeps promises that resolve together. */
function createWaiters(): { add(): Promise<void>; wake(): void } {
  let waiting: (() => void)[] = [];
  return {
    add: () => new Promise((resolve) => waiting.push(resolve)),
    wake() {
      const woken = waiting;
      waiting = [];
      for (const resolve of woken) resolve();
    },
  };
}
