import type { SucceedState } from '../ast.ts';
import { leaveWith, narrowedInput } from '../data-flow.ts';
import { type Eventual, onceReady } from '../eventual.ts';
import { leave } from '../leave.ts';
import type { Visit } from '../run.ts';
import type { StateOutcome } from '../state-outcome.ts';

/** Ends its graph of states well. */
export function runSucceed(state: SucceedState, visit: Visit): Eventual<StateOutcome> {
  const input = narrowedInput(state.flow, visit);
  return onceReady(leaveWith(state.flow, visit, input), (leaving) =>
    leave(state, visit, leaving, { kind: 'end' }),
  );
}
