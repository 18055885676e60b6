import type { GraphEdge, GraphNode, MachineGraph } from './machine-graph.ts';

/** A point in the coordinates of its graph, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A state with its place: x and y are its upper left corner. */
export interface PlacedNode extends Point {
  readonly node: GraphNode;
  readonly width: number;
  readonly height: number;
  /** The graphs inside, side by side, each with its place in the outer graph. */
  readonly inside: readonly PlacedGraph[];
}

/** A way with its points, and the middle of its label. */
export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
  readonly label: Point | undefined;
}

/** A graph with its size, and its place in the graph around it. */
export interface PlacedGraph extends Point {
  readonly graph: MachineGraph;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** The middles of the marks of start and end; inner graphs have none. */
  readonly start: Point | undefined;
  readonly end: Point | undefined;
}

/** From top to bottom, or from left to right. */
export type Direction = 'TB' | 'LR';
