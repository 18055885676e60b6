import type { CheckedRun } from './play-runs.ts';

/** Counts runs and how they ended. */
export interface Tally {
  take(run: CheckedRun): void;
  /** The progress in one line. */
  line(): string;
  summary(): readonly string[];
  isClean(): boolean;
}

/** Counts up to `runs` runs from now on. */
export function createTally(runs: number): Tally {
  const startedMs = performance.now();
  const outcomes = new Map<string, number>();
  const failed: number[] = [];
  let played = 0;
  let changing = 0;
  let faulted = 0;

  const line = (): string => {
    const seconds = Math.max(1, Math.round((performance.now() - startedMs) / 1_000));
    const rate = (played / seconds).toFixed(1);
    return `${played} of ${runs} runs, ${failed.length} failed, ${seconds} s, ${rate} a second`;
  };

  return {
    line,
    take({ plan, wrongs, outcomes: ends, changes, injectedFaults }) {
      played += 1;
      if (wrongs.length > 0) failed.push(plan.seed);
      if (changes > 0) changing += 1;
      if (injectedFaults > 0) faulted += 1;
      for (const end of ends) outcomes.set(end, (outcomes.get(end) ?? 0) + 1);
    },
    summary() {
      const ends = [...outcomes].sort(([, a], [, b]) => b - a);
      return [
        line(),
        `Ends: ${ends.map(([end, count]) => `${count} ${end}`).join(', ')}`,
        `${changing} runs changed something; in ${faulted} calls went wrong on purpose`,
        failed.length === 0
          ? 'No run broke what every run must hold'
          : `Seeds that failed: ${failed.join(', ')}`,
      ];
    },
    isClean: () => failed.length === 0 && played === runs,
  };
}
