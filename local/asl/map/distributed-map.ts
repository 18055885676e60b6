import type { DistributedMap, MapState } from '../ast.ts';
import { ERROR } from '../error-names.ts';
import type { Outcome } from '../outcome.ts';
import type { Visit } from '../run.ts';
import { StateFailure } from '../state-failure.ts';

/** Runs the processor as child executions of a Map Run. */
export async function runDistributedMap(
  state: MapState,
  distributed: DistributedMap,
  visit: Visit,
): Promise<Outcome> {
  throw new StateFailure(
    ERROR.runtime,
    `Distributed Map is not served yet: ${state.name} ${distributed.executionType} ${visit.stateName}`,
  );
}
