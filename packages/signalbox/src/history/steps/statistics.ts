import type { Step } from './step.ts';

/** The figures of one state over several executions. */
export interface StateStatistics {
  readonly name: string;
  readonly count: number;
  /** Steps that ended badly or were caught. */
  readonly failures: number;
  readonly retries: number;
  /** Milliseconds, of the steps that are over; undefined where none is. */
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
}

/** Counts and measures the steps of each state, in the order in which the states were first entered. */
export function statisticsOf(steps: readonly Step[]): readonly StateStatistics[] {
  const byName = new Map<string, Step[]>();
  for (const step of steps) {
    const known = byName.get(step.name);
    if (known === undefined) byName.set(step.name, [step]);
    else known.push(step);
  }
  return [...byName].map(([name, visits]) => {
    const times = visits
      .flatMap(({ enteredMs, exitedMs }) => (exitedMs === undefined ? [] : [exitedMs - enteredMs]))
      .sort((a, b) => a - b);
    const failures = visits.filter(({ status }) => !/^(running|waiting|succeeded)$/.test(status));
    return {
      name,
      count: visits.length,
      failures: failures.length,
      retries: visits.reduce((sum, { attempts }) => sum + Math.max(0, attempts.length - 1), 0),
      p50Ms: quantile(times, 0.5),
      p95Ms: quantile(times, 0.95),
    };
  });
}

/** The nearest-rank quantile of sorted values. */
export function quantile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}
