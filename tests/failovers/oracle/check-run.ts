import { checkAgreement } from './check-agreement.ts';
import { checkChanges } from './check-changes.ts';
import { checkEndings } from './check-endings.ts';
import { checkOverlaps } from './check-overlaps.ts';
import { checkResources } from './check-resources.ts';
import type { Observation } from './observation.ts';

/** Says in which ways a run broke what every run must hold, each once; nothing where it held all. */
export function checkRun(observation: Observation): readonly string[] {
  const wrongs = [
    ...checkChanges(observation),
    ...checkOverlaps(observation),
    ...checkEndings(observation),
    ...checkAgreement(observation),
    ...checkResources(observation),
  ];
  return [...new Set(wrongs)];
}
