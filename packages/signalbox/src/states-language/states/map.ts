import type { MapState } from '../ast.ts';
import { runDistributedMap } from '../map/distributed-map.ts';
import { runInlineMap } from '../map/inline-map.ts';
import type { Visit } from '../run.ts';
import type { StateOutcome } from '../state-outcome.ts';

/** Runs its processor once for each item. */
export function runMap(state: MapState, visit: Visit): Promise<StateOutcome> {
  return state.distributed === undefined
    ? runInlineMap(state, visit)
    : runDistributedMap(state, state.distributed, visit);
}
