import type { Direction, PlacedEdge, PlacedNode, Point } from './placed-graph.ts';

/**
 * Draws an edge straight on where no state is in its way; around the others dagre's bends lead. Edges
 * of one state leave it side by side, so that their labels do not cover each other.
 */
export function straightened(
  edges: readonly PlacedEdge[],
  nodes: readonly PlacedNode[],
  direction: Direction,
): readonly PlacedEdge[] {
  const byName = new Map(nodes.map((node) => [node.node.name, node]));
  return edges.map((placed) => {
    const from = byName.get(placed.edge.from);
    const to = byName.get(placed.edge.to);
    if (from === undefined || to === undefined) return placed;
    const points = direct(from, to, shareOf(placed, edges, byName), direction);
    const others = nodes.filter((node) => node !== from && node !== to);
    if (points === undefined || others.some((node) => isCrossed(node, points))) return placed;
    return { ...placed, points, label: placed.label && middleOf(points) };
  });
}

/** The place of an edge among those that leave its state, from 0 to 1. */
function shareOf(
  { edge }: PlacedEdge,
  edges: readonly PlacedEdge[],
  byName: ReadonlyMap<string, PlacedNode>,
): number {
  const x = (name: string) => byName.get(name)?.x ?? 0;
  const siblings = edges
    .filter((other) => other.edge.from === edge.from)
    .sort((a, b) => x(a.edge.to) - x(b.edge.to));
  return (siblings.findIndex((other) => other.edge === edge) + 1) / (siblings.length + 1);
}

/** From the end of one state to the beginning of a later one; undefined where the other is not later. */
function direct(
  from: PlacedNode,
  to: PlacedNode,
  share: number,
  direction: Direction,
): readonly Point[] | undefined {
  if (direction === 'TB') {
    const start = { x: from.x + from.width * share, y: from.y + from.height };
    const end = { x: within(start.x, to.x, to.width), y: to.y };
    return end.y > start.y ? bent(start, end, 'y') : undefined;
  }
  const start = { x: from.x + from.width, y: from.y + from.height * share };
  const end = { x: to.x, y: within(start.y, to.y, to.height) };
  return end.x > start.x ? bent(start, end, 'x') : undefined;
}

/** As near to straight on as the side of the other state allows. */
function within(wish: number, begin: number, size: number): number {
  return Math.min(Math.max(wish, begin + size * 0.25), begin + size * 0.75);
}

function bent(start: Point, end: Point, along: 'x' | 'y'): readonly Point[] {
  const middle = (start[along] + end[along]) / 2;
  return along === 'y'
    ? [start, { x: start.x, y: middle }, { x: end.x, y: middle }, end]
    : [start, { x: middle, y: start.y }, { x: middle, y: end.y }, end];
}

function middleOf(points: readonly Point[]): Point {
  const [, second, third] = points;
  return {
    x: ((second?.x ?? 0) + (third?.x ?? 0)) / 2,
    y: ((second?.y ?? 0) + (third?.y ?? 0)) / 2,
  };
}

/** Whether a line of right angles meets a state, with some space around it. */
function isCrossed({ x, y, width, height }: PlacedNode, points: readonly Point[]): boolean {
  const space = 4;
  return points.slice(1).some((to, at) => {
    const from = points[at] ?? to;
    return (
      Math.max(from.x, to.x) > x - space &&
      Math.min(from.x, to.x) < x + width + space &&
      Math.max(from.y, to.y) > y - space &&
      Math.min(from.y, to.y) < y + height + space
    );
  });
}
