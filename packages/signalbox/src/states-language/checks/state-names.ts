import type { StateGraph } from '../ast.ts';
import type { DefinitionPath, Diagnostics } from '../parse/diagnostic.ts';
import { innerGraphs } from './inner-graphs.ts';

/** Refuses two states of the same name, in whichever branch they are. */
export function checkStateNames(machine: StateGraph, diagnostics: Diagnostics): void {
  const known = new Set<string>();
  const visit = (graph: StateGraph, place: DefinitionPath): void => {
    for (const name of graph.states.keys()) {
      if (known.has(name)) {
        const message = `Duplicate State name: ${name}`;
        diagnostics.add('DUPLICATE_STATE_NAME', message, [...place, 'States', name]);
      }
      known.add(name);
    }
    for (const inner of innerGraphs(graph, place)) visit(inner.graph, inner.place);
  };
  visit(machine, []);
}
