import type { PassState } from '../ast.ts';
import { effectiveInput, leaveWith } from '../data-flow.ts';
import { type Eventual, onceReady } from '../eventual.ts';
import { leave } from '../leave.ts';
import type { Visit } from '../run.ts';
import type { StateOutcome } from '../state-outcome.ts';

/** Hands on its input, a fixed result or what its expressions make. */
export function runPass(state: PassState, visit: Visit): Eventual<StateOutcome> {
  const { flow, result, transition } = state;
  return onceReady(effectiveInput(flow, visit), (input) =>
    onceReady(leaveWith(flow, visit, result === undefined ? input : result), (leaving) =>
      leave(state, visit, leaving, transition),
    ),
  );
}
