import { describe, expect, test } from '@jest/globals';
import { edgeKey } from './graph-visits.ts';
import type { GraphEdge, MachineGraph } from './machine-graph.ts';
import { withTakenCatches } from './shown-edges.ts';

const node = (name: string) => ({ name, type: 'Task' as const, retriers: [], inside: [] });
const edge = (from: string, to: string, kind: GraphEdge['kind'] = 'next') => ({ from, to, kind });

const GRAPH: MachineGraph = {
  startAt: 'A',
  nodes: ['A', 'B', 'Undo', 'Failed'].map(node),
  edges: [
    edge('A', 'B'),
    edge('A', 'Undo', 'catch'),
    edge('B', 'Undo', 'catch'),
    edge('Undo', 'Failed'),
    edge('Undo', 'Failed', 'catch'),
  ],
};

describe('withTakenCatches()', () => {
  test('keeps one Catch to what nothing else leads to', () => {
    expect(withTakenCatches(GRAPH, new Set()).edges).toEqual([
      edge('A', 'B'),
      edge('A', 'Undo', 'catch'),
      edge('Undo', 'Failed'),
    ]);
  });

  test('keeps the Catches that were taken', () => {
    const taken = new Set([edgeKey(edge('B', 'Undo', 'catch'))]);

    expect(withTakenCatches(GRAPH, taken).edges).toEqual([
      edge('A', 'B'),
      edge('B', 'Undo', 'catch'),
      edge('Undo', 'Failed'),
    ]);
  });
});
