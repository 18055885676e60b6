import type { JsonObject } from '../../core/json.ts';
import type { StateMachine } from '../ast.ts';
import { printGraph } from './print-state.ts';

/**
 * Writes a machine's definition as it was understood, in one form for all that mean the same: defaults
 * of Retry, readers and writers written out, the old names of fields in their new ones, what is never
 * looked at left out. Reading it again yields the same machine.
 */
export function printStateMachine(machine: StateMachine): JsonObject {
  const { comment, version, queryLanguage, timeoutSeconds } = machine;
  return {
    ...(comment === undefined ? {} : { Comment: comment }),
    ...(version === undefined ? {} : { Version: version }),
    QueryLanguage: queryLanguage,
    ...(timeoutSeconds === undefined ? {} : { TimeoutSeconds: timeoutSeconds }),
    ...printGraph(machine, queryLanguage),
  };
}
