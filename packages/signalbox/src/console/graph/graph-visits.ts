import type { Step } from '../../history/steps/step.ts';
import { groupKey, stepsByGroup } from '../../history/steps/step-rows.ts';
import type { GraphEdge, GraphNode, MachineGraph } from './machine-graph.ts';

/** What a history says of one state of a graph, in the iteration that is looked at. */
export interface NodeVisits {
  /** The last visit. */
  readonly step: Step;
  /** The number of visits in this scope: more than one in a loop. */
  readonly count: number;
}

/** What a history says of a graph: a machine, a branch, or one iteration of a Map. */
export interface GraphVisits {
  readonly nodes: ReadonlyMap<string, NodeVisits>;
  /** The ways that were taken, by `edgeKey`. */
  readonly taken: ReadonlySet<string>;
  /** Set when the execution left this graph by its end. */
  readonly isOver: boolean;
  /** What is inside a Map or Parallel, by its state's name: one entry a branch. */
  readonly inside: ReadonlyMap<string, readonly (GraphVisits | undefined)[]>;
  /** The iteration that is looked at, by the name of its Map. */
  readonly iterations: ReadonlyMap<string, number>;
}

/** Names a way of a graph: a Catch and a Next between the same states are two. */
export function edgeKey({ from, to, kind }: Pick<GraphEdge, 'from' | 'to' | 'kind'>): string {
  return `${kind === 'catch' ? 'catch' : 'next'} ${from} ${to}`;
}

/**
 * Lays a history over a graph.
 *
 * @param chosen The iteration of a Map that is looked at, by the id of the Map's step; the first that
 *   failed, else the last, where none is chosen.
 */
export function graphVisits(
  graph: MachineGraph,
  steps: readonly Step[],
  chosen: ReadonlyMap<number, number> = new Map(),
): GraphVisits {
  const groups = stepsByGroup(steps);
  return visitsOf(graph, groups.get(undefined) ?? [], { groups, chosen });
}

/** Lists the ways that were taken anywhere: in all iterations and branches. */
export function waysTaken(steps: readonly Step[]): ReadonlySet<string> {
  return new Set([...stepsByGroup(steps).values()].flatMap((group) => [...takenWays(group)]));
}

/** The iteration of a Map that is looked at where nobody chose one. */
export function usualIteration({ iterations }: Step): number {
  const all = [...iterations.values()];
  const telling =
    all.find(({ status }) => status === 'failed') ?? all.find(({ status }) => status === 'running');
  return (telling ?? all.at(-1))?.index ?? 0;
}

interface Context {
  readonly groups: ReadonlyMap<string | undefined, readonly Step[]>;
  readonly chosen: ReadonlyMap<number, number>;
}

function visitsOf(graph: MachineGraph, steps: readonly Step[], context: Context): GraphVisits {
  const nodes = new Map<string, NodeVisits>();
  for (const step of steps) {
    nodes.set(step.name, { step, count: (nodes.get(step.name)?.count ?? 0) + 1 });
  }
  const inside = new Map<string, readonly (GraphVisits | undefined)[]>();
  const iterations = new Map<string, number>();
  for (const node of graph.nodes) {
    const step = nodes.get(node.name)?.step;
    if (step === undefined || node.inside.length === 0) continue;
    if (node.type === 'Map') iterations.set(node.name, indexOf(step, context));
    inside.set(node.name, insideOf(node, step, context));
  }
  return { nodes, taken: takenWays(steps), isOver: isOver(steps), inside, iterations };
}

function insideOf(
  node: GraphNode,
  step: Step,
  context: Context,
): readonly (GraphVisits | undefined)[] {
  if (node.type === 'Map') {
    const group = context.groups.get(groupKey(step.id, indexOf(step, context)));
    return node.inside.map((graph) => group && visitsOf(graph, group, context));
  }
  // Branches begin in any order: the one that begins with a branch's first state is it.
  const left = branchGroups(step, context);
  return node.inside.map((graph) => {
    const at = left.findIndex(([first]) => first?.name === graph.startAt);
    const [group] = at < 0 ? [] : left.splice(at, 1);
    return group && visitsOf(graph, group, context);
  });
}

function branchGroups(step: Step, { groups }: Context): (readonly Step[])[] {
  const found: (readonly Step[])[] = [];
  for (let index = 0; ; index++) {
    const group = groups.get(groupKey(step.id, index));
    if (group === undefined) return found;
    found.push(group);
  }
}

function indexOf(step: Step, { chosen }: Context): number {
  return chosen.get(step.id) ?? usualIteration(step);
}

/** Within one scope, a step leads to the one that was entered next. */
function takenWays(steps: readonly Step[]): ReadonlySet<string> {
  const taken = new Set<string>();
  steps.forEach((step, at) => {
    const next = steps[at + 1];
    if (next === undefined) return;
    const kind = step.status === 'caught' ? 'catch' : 'next';
    taken.add(edgeKey({ from: step.name, to: next.name, kind }));
  });
  return taken;
}

function isOver(steps: readonly Step[]): boolean {
  const last = steps.at(-1);
  return last !== undefined && (last.status === 'succeeded' || last.type === 'Fail');
}
