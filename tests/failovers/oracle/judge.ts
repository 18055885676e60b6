import { judgeAgreement } from './judge-agreement.ts';
import { judgeChanges } from './judge-changes.ts';
import { judgeEndings } from './judge-endings.ts';
import { judgeOverlaps } from './judge-overlaps.ts';
import { judgeWorld } from './judge-world.ts';
import type { Observation } from './observation.ts';

/** Says in which ways a run broke what every run must hold, each once; nothing where it held all. */
export function judge(observation: Observation): readonly string[] {
  const wrongs = [
    ...judgeChanges(observation),
    ...judgeOverlaps(observation),
    ...judgeEndings(observation),
    ...judgeAgreement(observation),
    ...judgeWorld(observation),
  ];
  return [...new Set(wrongs)];
}
