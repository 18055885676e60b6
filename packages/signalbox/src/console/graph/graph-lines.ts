import { durationText } from '../../core/duration-text.ts';
import type { StepStatus } from '../../history/steps/step.ts';
import { edgeKey, type GraphVisits } from './graph-visits.ts';
import type { GraphEdge, GraphNode, MachineGraph } from './machine-graph.ts';

/** How a graph is drawn in characters. */
export interface GraphLinesOptions {
  /** In characters; longer lines are cut. */
  readonly width: number;
  /** Whether each Catch is drawn, or only those that led on. */
  readonly withCatches: boolean;
}

const MARKS: Readonly<Record<StepStatus, string>> = {
  succeeded: '✓',
  failed: '✗',
  'timed-out': '✗',
  caught: '!',
  running: '▶',
  waiting: '◷',
  retrying: '↻',
  aborted: '■',
};
const NOT_VISITED = '·';

/**
 * Draws a graph with Unicode's lines, from top to bottom: a state a line with its status, type, time and
 * number of visits; below it the ways that lead elsewhere than to the next line, `━▶` where they were taken. What
 * is in a Map or Parallel stands in a box below it.
 *
 * @param visits What a history says of it; undefined for a definition alone.
 */
export function graphLines(
  graph: MachineGraph,
  visits: GraphVisits | undefined,
  options: GraphLinesOptions,
): readonly string[] {
  return linesOf(graph, visits, options).map((line) => cut(line.trimEnd(), options.width));
}

function linesOf(
  graph: MachineGraph,
  visits: GraphVisits | undefined,
  options: GraphLinesOptions,
): readonly string[] {
  const nodes = inOrder(graph);
  return nodes.flatMap((node, at) => {
    const next = nodes[at + 1]?.name;
    const ways = waysFrom(graph, node, visits, options);
    const goesOn = ways.some(({ to, kind, label }) => to === next && isPlain(kind, label));
    const others = ways.filter(({ to, kind, label }) => to !== next || !isPlain(kind, label));
    return [
      nodeLine(node, visits),
      ...node.inside.flatMap((inner, index) => boxOf(node, inner, index, visits, options)),
      ...others.map((way, index) => wayLine(way, visits, index === others.length - 1 && !goesOn)),
      ...(at < nodes.length - 1 ? [goesOn ? '│' : ''] : []),
    ];
  });
}

/** A way without a word needs no line of its own where it leads to the next one. */
function isPlain(kind: GraphEdge['kind'], label: string | undefined): boolean {
  return kind === 'next' && label === undefined;
}

/** The states as they are reached, the first way of each first; those that nothing leads to come last. */
function inOrder({ startAt, nodes, edges }: MachineGraph): readonly GraphNode[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name) || !byName.has(name)) return;
    found.add(name);
    const ways = edges.filter(({ from }) => from === name);
    for (const { to, kind } of ways) if (kind !== 'catch') visit(to);
    for (const { to, kind } of ways) if (kind === 'catch') visit(to);
  };
  visit(startAt);
  for (const { name } of nodes) visit(name);
  return [...found].flatMap((name) => byName.get(name) ?? []);
}

function waysFrom(
  { edges }: MachineGraph,
  { name }: GraphNode,
  visits: GraphVisits | undefined,
  { withCatches }: GraphLinesOptions,
): readonly GraphEdge[] {
  return edges.filter(
    (edge) => edge.from === name && (edge.kind !== 'catch' || withCatches || isTaken(edge, visits)),
  );
}

function isTaken(edge: GraphEdge, visits: GraphVisits | undefined): boolean {
  return visits?.taken.has(edgeKey(edge)) === true;
}

function nodeLine(node: GraphNode, visits: GraphVisits | undefined): string {
  const visit = visits?.nodes.get(node.name);
  const mark = visit === undefined ? NOT_VISITED : MARKS[visit.step.status];
  const type = node.detail === undefined ? node.type : `${node.type} ${node.detail}`;
  const { enteredMs, exitedMs } = visit?.step ?? { enteredMs: 0, exitedMs: undefined };
  const facts = [
    type,
    ...(exitedMs === undefined ? [] : [durationText(exitedMs - enteredMs)]),
    ...(visit === undefined || visit.count < 2 ? [] : [`${visit.count} visits`]),
    ...(visit === undefined || visit.step.attempts.length < 2
      ? []
      : [`${visit.step.attempts.length} attempts`]),
    ...(visit?.step.error === undefined ? [] : [visit.step.error]),
  ];
  return `${mark} ${node.name}  ${facts.join(' · ')}`;
}

function wayLine(edge: GraphEdge, visits: GraphVisits | undefined, isLast: boolean): string {
  const { to, kind, label } = edge;
  const words = {
    next: '',
    choice: label ?? '',
    default: 'Default',
    catch: `Catch ${label ?? ''}`,
  };
  const arrow = isTaken(edge, visits) ? '━▶' : '─▶';
  // The name of the state must not be cut, whatever the rule says.
  const word = cut(words[kind].trim(), 40);
  return `${isLast ? '└' : '├'}${arrow} ${to}${word === '' ? '' : `  if ${word}`}`.replace(
    / {2}if (Catch|Default)/,
    '  $1',
  );
}

function boxOf(
  node: GraphNode,
  inner: MachineGraph,
  index: number,
  visits: GraphVisits | undefined,
  options: GraphLinesOptions,
): readonly string[] {
  const iteration = visits?.iterations.get(node.name);
  const title =
    node.type === 'Map'
      ? `each item${iteration === undefined ? '' : `, here #${iteration}`}`
      : `branch ${index + 1}`;
  const lines = linesOf(inner, visits?.inside.get(node.name)?.[index], options);
  return [`│ ┌ ${title}`, ...lines.map((line) => `│ │ ${line}`), '│ └'];
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
