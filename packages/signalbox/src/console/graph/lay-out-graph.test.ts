import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { layOutGraph } from './lay-out-graph.ts';
import type { GraphNode, MachineGraph } from './machine-graph.ts';
import type { PlacedGraph, PlacedNode } from './placed-graph.ts';

function node(name: string, more: Partial<GraphNode> = {}): GraphNode {
  return { name, type: 'Task', retriers: [], inside: [], ...more };
}

function chain(names: readonly string[], nodes = names.map((name) => node(name))): MachineGraph {
  const edges = names.slice(1).map((to, at) => ({ from: names[at]!, to, kind: 'next' as const }));
  return { startAt: names[0]!, nodes, edges };
}

function overlap(one: PlacedNode, other: PlacedNode): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

function expectNoOverlap({ nodes, width, height }: PlacedGraph): void {
  nodes.forEach((one, at) => {
    expect(one.x).toBeGreaterThanOrEqual(0);
    expect(one.x + one.width).toBeLessThanOrEqual(width + 1);
    expect(one.y + one.height).toBeLessThanOrEqual(height + 1);
    for (const other of nodes.slice(at + 1)) expect(overlap(one, other)).toBe(false);
  });
}

describe('layOutGraph()', () => {
  test('places states from the start to the end, below each other', () => {
    const { nodes, start, end, edges } = layOutGraph(chain(['A', 'B', 'C']));

    const ys = [start!.y, ...nodes.map(({ y }) => y), end!.y];
    expect(ys).toEqual([...ys].sort((a, b) => a - b));
    expect(edges.every(({ points }) => points.length > 1)).toBe(true);
  });

  test('makes a Map as large as what is in it', () => {
    const inner = chain(['One', 'Two', 'Three']);
    const map = node('Each', { type: 'Map', inside: [inner] });

    const { nodes } = layOutGraph(chain(['A', 'Each'], [node('A'), map]));

    const [each] = nodes.slice(1);
    const [inside] = each!.inside;
    expectNoOverlap(inside!);
    expect(inside!.x + inside!.width).toBeLessThanOrEqual(each!.width);
    expect(inside!.y + inside!.height).toBeLessThanOrEqual(each!.height);
  });

  test('lets no two states of any graph overlap', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[A-Z][a-z]{0,40}$/), {
      minLength: 1,
      maxLength: 12,
    });
    const graphs = names.chain((all) =>
      fc
        .array(fc.tuple(fc.constantFrom(...all), fc.constantFrom(...all)), { maxLength: 20 })
        .map((pairs) => ({
          startAt: all[0]!,
          nodes: all.map((name) => node(name)),
          edges: pairs.map(([from, to]) => ({ from, to, kind: 'choice' as const, label: 'when' })),
        })),
    );
    fc.assert(
      fc.property(graphs, (graph) => {
        expectNoOverlap(layOutGraph(graph));
      }),
      { numRuns: 50 },
    );
  });
});
