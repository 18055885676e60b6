import { createRandom } from '../failovers/random.ts';

/** When a process is killed: so long after so many of its calls have ended. */
export interface PlannedKill {
  readonly calls: number;
  readonly delayMs: number;
}

/** What is chosen for a run before it begins; its loads choose from its seed too. */
export interface CrashPlan {
  readonly seed: number;
  readonly kills: readonly PlannedKill[];
}

/** Makes the plan of a run: the same seed always gives the same. */
export function planCrashes(seed: number): CrashPlan {
  const random = createRandom(seed);
  const count = random.weighted([
    [60, 1],
    [30, 2],
    [10, 3],
  ]);
  const kills = Array.from({ length: count }, () => ({
    calls: random.integer(1, random.pick([20, 60, 120])),
    delayMs: random.pick([0, 0, 1, 3, 10, 40, 150]),
  }));
  return { seed, kills };
}
