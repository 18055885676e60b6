import { edgeKey } from './graph-visits.ts';
import type { MachineGraph } from './machine-graph.ts';

/**
 * Leaves out the Catches that nobody took, which would hide the rest: each state keeps one way that
 * leads to it, so that what only a Catch reaches still hangs together.
 *
 * @param taken The ways of the whole history, by `edgeKey`.
 */
export function withTakenCatches(graph: MachineGraph, taken: ReadonlySet<string>): MachineGraph {
  const nodes = graph.nodes.map((node) => ({
    ...node,
    inside: node.inside.map((inner) => withTakenCatches(inner, taken)),
  }));
  const edges = graph.edges.filter((edge) => edge.kind !== 'catch' || taken.has(edgeKey(edge)));
  const kept = new Set(edges);
  const reached = new Set([graph.startAt]);
  const walk = () => {
    for (let grown = true; grown; ) {
      grown = false;
      for (const { from, to } of kept) {
        if (!reached.has(from) || reached.has(to)) continue;
        reached.add(to);
        grown = true;
      }
    }
  };
  walk();
  for (const edge of graph.edges) {
    if (reached.has(edge.to) || !reached.has(edge.from)) continue;
    kept.add(edge);
    walk();
  }
  return { ...graph, nodes, edges: graph.edges.filter((edge) => kept.has(edge)) };
}
