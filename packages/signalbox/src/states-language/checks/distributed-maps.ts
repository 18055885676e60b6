import type { StateGraph } from '../ast.ts';
import { type DefinitionPath, dotted } from '../parse/diagnostic.ts';
import { innerGraphs } from './inner-graphs.ts';

/** The places of all Distributed Maps, inside branches and processors too: `States.Each`. */
export function distributedMapsIn(
  graph: StateGraph,
  place: DefinitionPath = [],
): readonly string[] {
  const own = [...graph.states.values()].flatMap((state) =>
    state.type === 'Map' && state.distributed !== undefined
      ? [dotted([...place, 'States', state.name])]
      : [],
  );
  const inner = innerGraphs(graph, place).flatMap((one) => distributedMapsIn(one.graph, one.place));
  return [...own, ...inner];
}
