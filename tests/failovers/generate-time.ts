import type { Random } from './random.ts';
import type { PlannedTime } from './run-plan.ts';

/** A time within a run: most come while something is under way. */
export function timeOf(random: Random): PlannedTime {
  if (random.chance(0.7)) {
    const [least, most] = random.weighted([
      [40, [1, 60] as const],
      [40, [60, 160] as const],
      [20, [160, 400] as const],
    ]);
    return { kind: 'calls', calls: random.integer(least, most) };
  }
  return { kind: 'seconds', seconds: random.integer(0, random.pick([40, 120, 900])) };
}
