import type { Timer } from '../../packages/signalbox/src/core/clock.ts';
import type { FailoverStage } from './failover-stage.ts';
import type { Moment } from './run-plan.ts';

/** Lets things happen when their moment comes. */
export interface Moments {
  at(moment: Moment, act: () => Promise<void>): void;
  /** Resolves when all is done whose moment has come. */
  idle(): Promise<void>;
  /** Lets nothing happen any more. */
  close(): void;
}

/** Makes the moments of a run that begins now. Time stands still while something is done. */
export function createMoments({ clock, journal }: FailoverStage): Moments {
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
    at(moment, act) {
      switch (moment.kind) {
        case 'first':
          start(act);
          break;
        case 'calls':
          journal.after(moment.calls, () => start(act));
          break;
        case 'seconds':
          timers.push(clock.at(startMs + moment.seconds * 1_000, () => start(act)));
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
