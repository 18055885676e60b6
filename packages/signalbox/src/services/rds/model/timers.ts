import type { Clock, Timer } from '../../../core/clock.ts';

/** Everything that RDS has under way, so that a new seeding can call it off. */
export interface Timers {
  /** Calls once after so many seconds of the clock, at once for 0 or less. */
  after(seconds: number, wake: () => void): void;
  /** Calls all of it off. */
  clear(): void;
}

/** Makes timers on a clock. */
export function createTimers(clock: Clock): Timers {
  const pending = new Set<Timer>();
  return {
    after(seconds, wake) {
      if (seconds <= 0) return wake();
      const timer = clock.at(clock.now().getTime() + seconds * 1000, () => {
        pending.delete(timer);
        wake();
      });
      pending.add(timer);
    },
    clear() {
      for (const timer of pending) timer.cancel();
      pending.clear();
    },
  };
}
