import { Graph, layout as runDagre } from '@dagrejs/dagre';
import type { GraphEdge, GraphNode, MachineGraph } from './machine-graph.ts';
import type { Direction, PlacedEdge, PlacedGraph, PlacedNode, Point } from './placed-graph.ts';
import { straightened } from './straighten-edges.ts';

const NODE_HEIGHT = 44;
const LETTER = 7.4;
const SMALL_LETTER = 5.8;
const MOST_LETTERS = 30;
const LABEL_HEIGHT = 16;
const PADDING = 14;
/** The title of a Map or Parallel, above what is in it. */
export const HEADING = 40;
/** The radius of the marks of start and end. */
export const MARK = 9;

const START = '\u0000start';
const END = '\u0000end';

/**
 * Places the states of a machine. Each Map and Parallel is laid out on its own and then is one large
 * node of the graph around it, since dagre cannot lay out edges to a cluster.
 */
export function layOutGraph(graph: MachineGraph, direction: Direction = 'TB'): PlacedGraph {
  return layOut(graph, direction, true);
}

function layOut(graph: MachineGraph, direction: Direction, isTop: boolean): PlacedGraph {
  const inner = new Map(graph.nodes.map((node) => [node.name, insideOf(node, direction)]));
  const layout = new Graph({ multigraph: true });
  layout.setGraph({
    rankdir: direction,
    nodesep: 28,
    edgesep: 16,
    ranksep: 34,
    marginx: 8,
    marginy: 8,
  });
  layout.setDefaultEdgeLabel(() => ({}));
  const leaf = leafWidth(graph);
  for (const node of graph.nodes) {
    layout.setNode(node.name, sizeOf(node, leaf, inner.get(node.name) ?? []));
  }
  graph.edges.forEach((edge, index) => {
    layout.setEdge(edge.from, edge.to, labelOf(edge), String(index));
  });
  if (isTop) addMarks(layout, graph);
  runDagre(layout);
  const { width = 0, height = 0 } = layout.graph();
  const nodes = graph.nodes.map((node) => placed(layout, node, inner.get(node.name) ?? []));
  const edges = graph.edges.map((edge, index) => placedEdge(layout, edge, index));
  return {
    graph,
    nodes,
    ...{ x: 0, y: 0, width, height },
    edges: straightened(edges, nodes, direction),
    start: isTop ? middle(layout, START) : undefined,
    end: isTop && layout.hasNode(END) ? middle(layout, END) : undefined,
  };
}

/** The states after which the machine ends. */
export function endsOf(graph: MachineGraph): readonly string[] {
  const goesOn = new Set(
    graph.edges.filter(({ kind }) => kind !== 'catch').map(({ from }) => from),
  );
  return graph.nodes.filter(({ name }) => !goesOn.has(name)).map(({ name }) => name);
}

function addMarks(layout: Graph, graph: MachineGraph): void {
  const mark = { width: 2 * MARK, height: 2 * MARK };
  layout.setNode(START, { ...mark });
  layout.setEdge(START, graph.startAt, {}, START);
  const ends = endsOf(graph);
  if (ends.length === 0) return;
  layout.setNode(END, { ...mark });
  for (const end of ends) layout.setEdge(end, END, {}, END);
}

function insideOf({ inside }: GraphNode, direction: Direction): readonly PlacedGraph[] {
  let x = PADDING;
  return inside.map((graph) => {
    const laid = { ...layOut(graph, direction, false), x, y: HEADING };
    x += laid.width + PADDING;
    return laid;
  });
}

/** States of one width stand in straight lines. */
function leafWidth({ nodes }: MachineGraph): number {
  return Math.max(...nodes.filter(({ inside }) => inside.length === 0).map(titleWidth), 0);
}

function titleWidth(node: GraphNode): number {
  const letters = Math.min(MOST_LETTERS, Math.max(node.name.length, 8));
  const details = Math.min(MOST_LETTERS + 2, (node.detail ?? node.type).length + 7);
  return Math.max(letters * LETTER, details * SMALL_LETTER) + 52;
}

function sizeOf(node: GraphNode, leaf: number, inside: readonly PlacedGraph[]) {
  const last = inside.at(-1);
  if (last === undefined) return { width: leaf, height: NODE_HEIGHT };
  const height = Math.max(...inside.map((one) => one.height)) + HEADING + PADDING;
  const width = Math.max(titleWidth(node) + 60, last.x + last.width + PADDING);
  return { width, height };
}

function labelOf({ label, kind }: GraphEdge) {
  if (label === undefined) return { weight: kind === 'next' ? 3 : 1 };
  const width = Math.min(MOST_LETTERS, label.length) * SMALL_LETTER + 10;
  return { width, height: LABEL_HEIGHT, labelpos: 'c', weight: kind === 'catch' ? 0 : 2 };
}

function placed(layout: Graph, node: GraphNode, inside: readonly PlacedGraph[]): PlacedNode {
  const { width, height } = layout.node(node.name);
  const { x, y } = middle(layout, node.name);
  return { node, width, height, inside, x: x - width / 2, y: y - height / 2 };
}

function placedEdge(layout: Graph, edge: GraphEdge, index: number): PlacedEdge {
  const found = layout.edge(edge.from, edge.to, String(index));
  const points: readonly Point[] = found.points ?? [];
  const hasLabel = edge.label !== undefined && found.x !== undefined && found.y !== undefined;
  return { edge, points, label: hasLabel ? { x: found.x ?? 0, y: found.y ?? 0 } : undefined };
}

function middle(layout: Graph, name: string): Point {
  const { x = 0, y = 0 } = layout.node(name);
  return { x, y };
}
