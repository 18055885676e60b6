import type { State, StateGraph } from '../ast.ts';
import type { DefinitionPath, Diagnostics } from '../parse/diagnostic.ts';
import { innerGraphs } from './inner-graphs.ts';
import { targetsOf } from './targets.ts';
import { assignedVariables } from './variable-references.ts';

/** Refuses to assign a variable in a branch or iteration that a state before it, around it, assigns. */
export function checkOuterVariables(machine: StateGraph, diagnostics: Diagnostics): void {
  checkGraph(machine, [], new Set(), diagnostics);
}

function checkGraph(
  graph: StateGraph,
  place: DefinitionPath,
  outer: ReadonlySet<string>,
  diagnostics: Diagnostics,
): void {
  for (const state of graph.states.values()) {
    for (const variable of assignedVariables(state)) {
      if (!outer.has(variable)) continue;
      diagnostics.schema(
        `Variable '${variable}' is assigned in an outer scope and cannot be assigned here`,
        [...place, 'States', state.name],
      );
    }
  }
  for (const inner of innerGraphs(graph, place)) {
    const before = statesBefore(graph, inner.state).flatMap(assignedVariables);
    checkGraph(inner.graph, inner.place, new Set([...outer, ...before]), diagnostics);
  }
}

/** The states from which one leads to a state; the state itself, where it leads to itself. */
function statesBefore(graph: StateGraph, name: string): readonly State[] {
  const found = new Set<State>();
  const targets = [name];
  for (let target = targets.pop(); target !== undefined; target = targets.pop()) {
    for (const state of graph.states.values()) {
      if (found.has(state) || !targetsOf(state, []).some((one) => one.state === target)) continue;
      found.add(state);
      targets.push(state.name);
    }
  }
  return [...found];
}
