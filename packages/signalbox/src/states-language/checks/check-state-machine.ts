import type { StateGraph, StateMachine } from '../ast.ts';
import type { DefinitionPath, Diagnostics } from '../parse/diagnostic.ts';
import { checkEndStates } from './end-states.ts';
import { innerGraphs } from './inner-graphs.ts';
import { checkOuterVariables } from './outer-variables.ts';
import { checkReachable } from './reachable.ts';
import { checkStateNames } from './state-names.ts';
import { checkTargets } from './targets.ts';
import { checkTokenTimeouts } from './token-timeouts.ts';

/** Looks at one graph of states: a new check is one file and one line below. */
export type GraphCheck = (
  graph: StateGraph,
  diagnostics: Diagnostics,
  place: DefinitionPath,
) => void;

const CHECKS: readonly GraphCheck[] = [
  checkTargets,
  checkReachable,
  checkEndStates,
  checkTokenTimeouts,
];

/** Finds what is wrong with a machine as a whole, in its branches and processors too. */
export function checkStateMachine(machine: StateMachine, diagnostics: Diagnostics): void {
  checkGraph(machine, diagnostics, []);
  checkStateNames(machine, diagnostics);
  checkOuterVariables(machine, diagnostics);
}

function checkGraph(graph: StateGraph, diagnostics: Diagnostics, place: DefinitionPath): void {
  for (const check of CHECKS) check(graph, diagnostics, place);
  for (const inner of innerGraphs(graph, place)) checkGraph(inner.graph, diagnostics, inner.place);
}
