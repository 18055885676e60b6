import type { Clock, Timer } from '../core/clock.ts';
import { type Allowance, createAllowance } from './allowance.ts';
import { nextOccurrence, type Occurrences } from './next-occurrence.ts';

/** Something that is to happen at times. */
export interface TimetableEntry extends Occurrences {
  /** Identifies the entry. */
  readonly key: string;
  /** Changes when the times do, so that an entry that did not change goes on. */
  readonly version: string;
  /** Milliseconds after its time within which it may happen. */
  readonly windowMs: number;
  /** Unix milliseconds after which its times count; the present unless given. */
  readonly afterMs?: number | undefined;
  /** Whether it waits for `release`, until when it happens never. */
  readonly isHeld?: boolean;
  /** Called at each time, with the time that it was planned for. */
  readonly fire: (plannedMs: number) => void;
  /** Called after the last time. */
  readonly onEnd: () => void;
}

/** Entries with the times at which they happen. */
export interface Timetable {
  /** Takes entries in place of those before. */
  set(entries: readonly TimetableEntry[]): void;
  /** When an entry happens next, in Unix milliseconds, its window aside. */
  next(key: string): number | undefined;
  /** Lets what was held happen at its times from now on; the times that have passed are left out. */
  release(): void;
  close(): void;
}

interface Running {
  entry: TimetableEntry;
  nextMs: number | undefined;
  timer: Timer | undefined;
  readonly allowance: Allowance;
}

/**
 * Makes a timetable on a clock. Its timers are no reason for time to skip, or else a daily schedule
 * would make days pass for nothing; over a wait that skips several times of an entry, it happens once.
 * What an entry starts may wait past its next time, and so start it again: such a circle ends when the
 * entry has happened a day's hours more often than real time accounts for (`allowance.ts`).
 */
export function createTimetable(
  clock: Clock,
  random: () => number,
  /** Called with the key of an entry that waits for real time from now on. */
  onPause: (key: string) => void = () => {},
): Timetable {
  const running = new Map<string, Running>();
  let isReleased = false;

  function arm(one: Running, afterMs: number): void {
    const { entry } = one;
    const plannedMs = nextOccurrence(entry, afterMs);
    one.nextMs = plannedMs;
    if (plannedMs === undefined) {
      one.timer = undefined;
      return;
    }
    if (entry.isHeld && !isReleased) {
      one.timer = undefined;
      return;
    }
    const dueMs = plannedMs + Math.floor(random() * entry.windowMs);
    one.timer = clock.at(dueMs, () => happen(one, plannedMs), { background: true });
  }

  function happen(one: Running, plannedMs: number): void {
    const { key, fire, onEnd, windowMs } = one.entry;
    // The next first: what happens now may change the timetable.
    arm(one, Math.max(plannedMs, clock.now().getTime() - windowMs));
    if (one.allowance.take((one.nextMs ?? plannedMs) - plannedMs)) fire(plannedMs);
    else if (one.allowance.isFirstRefusal()) onPause(key);
    if (one.nextMs === undefined) onEnd();
  }

  return {
    set(entries) {
      const wanted = new Map(entries.map((entry) => [entry.key, entry]));
      for (const [key, { entry, timer }] of running) {
        if (wanted.get(key)?.version === entry.version) continue;
        timer?.cancel();
        running.delete(key);
      }
      for (const entry of entries) {
        const known = running.get(entry.key);
        if (known !== undefined) {
          // A rate goes on from where it began.
          known.entry = { ...entry, startMs: known.entry.startMs };
          continue;
        }
        const allowance = createAllowance(clock);
        const one: Running = { entry, nextMs: undefined, timer: undefined, allowance };
        running.set(entry.key, one);
        arm(one, entry.afterMs ?? clock.now().getTime() - 1);
      }
    },
    release() {
      if (isReleased) return;
      isReleased = true;
      for (const one of running.values()) if (one.entry.isHeld) arm(one, clock.now().getTime() - 1);
    },
    next: (key) => running.get(key)?.nextMs,
    close() {
      for (const { timer } of running.values()) timer?.cancel();
      running.clear();
    },
  };
}
