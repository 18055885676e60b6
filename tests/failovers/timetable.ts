import type { Timer } from '../../packages/signalbox/src/core/clock.ts';
import type { SkippingClock } from '../../packages/signalbox/src/core/skipping-clock.ts';
import type { Journal } from './journal.ts';
import type { PlannedTime } from './run-plan.ts';

/** Lets things happen when their time comes. */
export interface Timetable {
  at(moment: PlannedTime, act: () => Promise<void>): void;
  /** Resolves when all is done whose time has come. */
  idle(): Promise<void>;
  /** Lets nothing happen any more. */
  close(): void;
}

/** Makes the timetable of a run that begins now. Time stands still while something is done. */
export function createTimetable({
  clock,
  journal,
}: {
  readonly clock: SkippingClock;
  readonly journal: Pick<Journal, 'after'>;
}): Timetable {
  const startMs = clock.now().getTime();
  const timers: Timer[] = [];
  const doing = new Set<Promise<void>>();
  let isOpen = true;

  function start(act: () => Promise<void>): void {
    if (!isOpen) return;
    const release = clock.hold();
    const done = act().finally(() => {
      release();
      doing.delete(done);
    });
    doing.add(done);
  }

  return {
    at(time, act) {
      switch (time.kind) {
        case 'first':
          start(act);
          break;
        case 'calls':
          journal.after(time.calls, () => start(act));
          break;
        case 'seconds':
          timers.push(clock.at(startMs + time.seconds * 1_000, () => start(act)));
      }
    },
    async idle() {
      while (doing.size > 0) await Promise.all(doing);
    },
    close() {
      isOpen = false;
      for (const timer of timers) timer.cancel();
    },
  };
}
