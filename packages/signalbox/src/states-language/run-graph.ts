import type { Json } from '../core/json.ts';
import type { StateGraph } from './ast.ts';
import type { Run } from './run.ts';
import { runState } from './run-state.ts';
import type { Entrance } from './starting-point.ts';
import type { GraphOutcome, StateOutcome } from './state-outcome.ts';

/** Runs states from the first on, which may be entered already, until one ends the graph; states that need not wait follow at once. */
export async function runGraph(
  graph: StateGraph,
  input: Json,
  run: Run,
  first?: Entrance,
): Promise<GraphOutcome> {
  let entered = first;
  let outcome: StateOutcome = { kind: 'next', state: graph.startAt, output: input };
  while (outcome.kind === 'next') {
    const state = graph.states.get(outcome.state);
    if (state === undefined) throw new RangeError(`Cannot enter "${outcome.state}": no such state`);
    const next = runState(state, outcome.output, run, entered);
    entered = undefined;
    outcome = next instanceof Promise ? await next : next;
  }
  return outcome;
}
