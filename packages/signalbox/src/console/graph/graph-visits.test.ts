import { describe, expect, test } from '@jest/globals';
import type { Step } from '../../history/steps/step.ts';
import { edgeKey, graphVisits } from './graph-visits.ts';
import type { MachineGraph } from './machine-graph.ts';

function step(id: number, name: string, more: Partial<Step> = {}): Step {
  return {
    ...{ id, name, type: 'Task', parent: undefined, enteredMs: id, exitedMs: id + 1 },
    ...{ status: 'succeeded', input: '{}', output: '{}', assigned: undefined },
    ...{ error: undefined, cause: undefined, attempts: [], iterations: new Map() },
    ...{ length: undefined, mapRunArn: undefined, eventIds: [id] },
    ...more,
  };
}

function graph(
  startAt: string,
  inside: Readonly<Record<string, readonly MachineGraph[]>> = {},
): MachineGraph {
  const names = [startAt, ...Object.keys(inside).filter((name) => name !== startAt)];
  const type = (name: string) => (inside[name]?.length === 1 ? 'Map' : 'Parallel');
  return {
    startAt,
    nodes: names.map((name) => ({
      ...{ name, retriers: [], inside: inside[name] ?? [] },
      type: inside[name] === undefined ? 'Task' : type(name),
    })),
    edges: [],
  };
}

describe('graphVisits()', () => {
  test('tells the way that was taken, and the one of a Catch from the usual', () => {
    const steps = [step(1, 'A'), step(2, 'B', { status: 'caught' }), step(3, 'A'), step(4, 'C')];

    const { nodes, taken, isOver } = graphVisits(graph('A'), steps);

    expect([...taken]).toEqual([
      edgeKey({ from: 'A', to: 'B', kind: 'next' }),
      edgeKey({ from: 'B', to: 'A', kind: 'catch' }),
      edgeKey({ from: 'A', to: 'C', kind: 'choice' }),
    ]);
    expect(nodes.get('A')).toMatchObject({ count: 2, step: { id: 3 } });
    expect(isOver).toBe(true);
  });

  test('looks at the iteration that failed, or at the one that was chosen', () => {
    const iteration = (index: number, status: 'succeeded' | 'failed') =>
      [index, { index, startedMs: 0, endedMs: 1, status }] as const;
    const each = step(1, 'Each', {
      type: 'Map',
      iterations: new Map([
        iteration(0, 'succeeded'),
        iteration(1, 'failed'),
        iteration(2, 'succeeded'),
      ]),
    });
    const inner = [0, 1, 2].map((index) =>
      step(10 + index, 'Do', { parent: { stepId: 1, index } }),
    );
    const machine = graph('Each', { Each: [graph('Do')] });
    const shownBy = (chosen?: ReadonlyMap<number, number>) =>
      graphVisits(machine, [each, ...inner], chosen)
        .inside.get('Each')?.[0]
        ?.nodes.get('Do')?.step.id;

    expect(shownBy()).toBe(11);
    expect(shownBy(new Map([[1, 2]]))).toBe(12);
  });

  test('finds each branch of a Parallel by its first state, whichever began first', () => {
    const machine = graph('Both', { Both: [graph('Left'), graph('Right')] });
    const steps = [
      step(1, 'Both', { type: 'Parallel' }),
      step(2, 'Right', { parent: { stepId: 1, index: 0 } }),
      step(3, 'Left', { parent: { stepId: 1, index: 1 } }),
    ];

    const branches = graphVisits(machine, steps).inside.get('Both');

    expect(branches?.map((one) => [...(one?.nodes.keys() ?? [])])).toEqual([['Left'], ['Right']]);
  });
});
