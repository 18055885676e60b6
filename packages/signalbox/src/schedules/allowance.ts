import type { Clock } from '../core/clock.ts';

/** How often an entry may happen beyond what real time accounts for. */
export const TIMES_IN_SKIPPED_TIME = 24;

/** The times that an entry of a timetable may still happen in time that is skipped. */
export interface Allowance {
  /**
   * Takes one time of an entry that happens every `periodMs`; each period of real time gives one back.
   * @returns Whether there was one left.
   */
  take(periodMs: number): boolean;
  /** Whether the refusal just now is the first after a time that was granted. */
  isFirstRefusal(): boolean;
}

/** Makes the allowance of one entry, full. */
export function createAllowance(clock: Clock): Allowance {
  const realMs = (): number => clock.now().getTime() - clock.skippedMs();
  let left = TIMES_IN_SKIPPED_TIME;
  let seenMs = realMs();
  let refusals = 0;
  return {
    take(periodMs) {
      const nowMs = realMs();
      // The last time of an entry has no period, and is always granted.
      left =
        periodMs > 0
          ? Math.min(TIMES_IN_SKIPPED_TIME, left + (nowMs - seenMs) / periodMs)
          : TIMES_IN_SKIPPED_TIME;
      seenMs = nowMs;
      const isGranted = left >= 1;
      if (isGranted) left -= 1;
      refusals = isGranted ? 0 : refusals + 1;
      return isGranted;
    },
    isFirstRefusal: () => refusals === 1,
  };
}
