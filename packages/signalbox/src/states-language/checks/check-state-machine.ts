import type { StateGraph, StateMachine } from '../ast.ts';
import type { DefinitionPath, Diagnostics } from '../parse/diagnostic.ts';
import { checkReachable } from './reachable.ts';
import { checkTargets } from './targets.ts';
import { checkTokenTimeouts } from './token-timeouts.ts';

/** Looks at one graph of states: a new check is one file and one line below. */
export type GraphCheck = (
  graph: StateGraph,
  diagnostics: Diagnostics,
  place: DefinitionPath,
) => void;

const CHECKS: readonly GraphCheck[] = [checkTargets, checkReachable, checkTokenTimeouts];

/** Finds what is wrong with a machine as a whole, in its branches and processors too. */
export function checkStateMachine(machine: StateMachine, diagnostics: Diagnostics): void {
  checkGraph(machine, diagnostics, []);
}

function checkGraph(graph: StateGraph, diagnostics: Diagnostics, place: DefinitionPath): void {
  for (const check of CHECKS) check(graph, diagnostics, place);
  for (const inner of innerGraphs(graph, place)) checkGraph(inner.graph, diagnostics, inner.place);
}

/** The branches and processors inside a graph, and where they stand. */
export function innerGraphs(
  graph: StateGraph,
  place: DefinitionPath,
): readonly { readonly graph: StateGraph; readonly place: DefinitionPath }[] {
  return [...graph.states.values()].flatMap((state) => {
    const inState = [...place, 'States', state.name];
    if (state.type === 'Map') {
      return [{ graph: state.processor, place: [...inState, 'ItemProcessor'] }];
    }
    if (state.type !== 'Parallel') return [];
    return state.branches.map((branch, at) => ({
      graph: branch,
      place: [...inState, 'Branches', at],
    }));
  });
}
