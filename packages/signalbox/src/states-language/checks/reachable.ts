import type { StateGraph } from '../ast.ts';
import type { DefinitionPath, Diagnostics } from '../parse/diagnostic.ts';
import { targetsOf } from './targets.ts';

/** Refuses a state that nothing leads to, as AWS does. */
export function checkReachable(
  graph: StateGraph,
  diagnostics: Diagnostics,
  place: DefinitionPath,
): void {
  if (!graph.states.has(graph.startAt)) return;
  const reached = new Set([graph.startAt]);
  for (const name of reached) {
    const state = graph.states.get(name);
    if (state === undefined) continue;
    for (const target of targetsOf(state, [])) reached.add(target.state);
  }
  for (const name of graph.states.keys()) {
    if (reached.has(name)) continue;
    const message = `State "${name}" is not reachable.`;
    diagnostics.add('MISSING_TRANSITION_TARGET', message, [...place, 'States', name]);
  }
}
