import type { StateGraph } from '../ast.ts';
import type { DefinitionPath } from '../parse/diagnostic.ts';

/** A branch or processor, and the state whose it is. */
export interface InnerGraph {
  readonly state: string;
  readonly graph: StateGraph;
  readonly place: DefinitionPath;
}

/** The branches and processors inside a graph, and where they stand. */
export function innerGraphs(graph: StateGraph, place: DefinitionPath): readonly InnerGraph[] {
  return [...graph.states.values()].flatMap((state) => {
    const inState = [...place, 'States', state.name];
    if (state.type === 'Map') {
      return [{ state: state.name, graph: state.processor, place: [...inState, 'ItemProcessor'] }];
    }
    if (state.type !== 'Parallel') return [];
    return state.branches.map((branch, at) => ({
      state: state.name,
      graph: branch,
      place: [...inState, 'Branches', at],
    }));
  });
}
