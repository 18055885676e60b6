import type { KeyboardEvent } from 'react';
import { durationText } from '../../../../core/duration-text.ts';
import type { Step, StepStatus } from '../../../../history/steps/step.ts';
import { edgeKey, type GraphVisits } from '../../../graph/graph-visits.ts';
import { MARK } from '../../../graph/lay-out-graph.ts';
import type { PlacedEdge, PlacedGraph, PlacedNode, Point } from '../../../graph/placed-graph.ts';
import { t } from '../../app/strings.ts';
import { stepStatusText } from '../../parts/status.tsx';
import { pendingText } from './pending-text.ts';

interface PictureProps {
  readonly layout: PlacedGraph;
  readonly visits: GraphVisits;
  readonly scale: number;
  readonly selected: string | undefined;
  readonly selectedStepId: number | undefined;
  readonly nowMs: number;
  readonly isRunning: boolean;
  readonly onSelect: (name: string, stepId: number | undefined) => void;
}

/** The signs of the states, for those who do not tell the colours apart. */
const SIGNS: Readonly<Record<StepStatus, string>> = {
  succeeded: '✓',
  failed: '✕',
  'timed-out': '✕',
  caught: '!',
  running: '▸',
  waiting: '◷',
  retrying: '↻',
  aborted: '–',
};

/** The picture of a graph: SVG of our own, on the places that dagre found. */
export function GraphPicture(props: PictureProps) {
  const { layout, scale } = props;
  return (
    <svg
      className="graph"
      width={layout.width * scale}
      height={layout.height * scale}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      role="group"
      aria-label={t('States')}
    >
      <Arrows />
      <Graph {...props} />
    </svg>
  );
}

function Arrows() {
  return (
    <defs>
      {['', 'taken', 'caught'].map((kind) => (
        <marker
          key={kind}
          id={`arrow-${kind}`}
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path className={`arrow ${kind}`} d="M0 0 L8 4 L0 8 z" />
        </marker>
      ))}
    </defs>
  );
}

function Graph(props: Omit<PictureProps, 'visits'> & { readonly visits: GraphVisits | undefined }) {
  const { layout, visits } = props;
  const { start, end } = layout;
  return (
    <g transform={`translate(${layout.x} ${layout.y})`}>
      {start !== undefined && <Ends {...props} start={start} end={end} />}
      {layout.edges.map((placed, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the edges of a graph do not move
        <Edge key={at} placed={placed} isTaken={visits?.taken.has(edgeKey(placed.edge)) === true} />
      ))}
      {layout.nodes.map((placed) => (
        <Node key={placed.node.name} {...props} placed={placed} />
      ))}
    </g>
  );
}

function Ends({
  layout,
  visits,
  start,
  end,
}: {
  readonly layout: PlacedGraph;
  readonly visits: GraphVisits | undefined;
  readonly start: Point;
  readonly end: Point | undefined;
}) {
  const first = layout.nodes.find(({ node }) => node.name === layout.graph.startAt);
  const isBegun = (visits?.nodes.size ?? 0) > 0;
  return (
    <>
      {first !== undefined && <Line from={start} to={first} isTaken={isBegun} />}
      <circle className={`mark${isBegun ? ' done' : ''}`} cx={start.x} cy={start.y} r={MARK} />
      <title>{t('Start')}</title>
      {end !== undefined && (
        <circle
          className={`mark end${visits?.isOver ? ' done' : ''}`}
          cx={end.x}
          cy={end.y}
          r={MARK}
        />
      )}
    </>
  );
}

function Line({
  from,
  to,
  isTaken,
}: {
  readonly from: Point;
  readonly to: PlacedNode;
  readonly isTaken: boolean;
}) {
  const isAside = to.x > from.x;
  const target = isAside
    ? { x: to.x, y: Math.min(Math.max(from.y, to.y + 8), to.y + to.height - 8) }
    : { x: Math.min(Math.max(from.x, to.x + 8), to.x + to.width - 8), y: to.y };
  const kind = isTaken ? 'taken' : '';
  return (
    <path
      className={`edge ${kind}`}
      markerEnd={`url(#arrow-${kind})`}
      d={`M${from.x} ${from.y} L${target.x} ${target.y}`}
    />
  );
}

function Edge({ placed, isTaken }: { readonly placed: PlacedEdge; readonly isTaken: boolean }) {
  const { edge, points, label } = placed;
  const caught = edge.kind === 'catch' ? 'caught' : '';
  const kind = isTaken ? caught || 'taken' : '';
  const text = edge.label ?? '';
  return (
    <g className={`way${isTaken ? ' is-taken' : ''}`}>
      <path
        className={`edge ${kind} ${edge.kind}`}
        markerEnd={`url(#arrow-${kind})`}
        d={curve(points)}
      />
      {label !== undefined && (
        <g>
          <title>{text}</title>
          <text className="edge-label" x={label.x} y={label.y + 4}>
            {cut(text, 30)}
          </text>
        </g>
      )}
    </g>
  );
}

function Node(
  props: Omit<PictureProps, 'visits'> & {
    readonly visits: GraphVisits | undefined;
    readonly placed: PlacedNode;
  },
) {
  const { placed, visits, selected, selectedStepId, nowMs, onSelect } = props;
  const { node, x, y, width, height, inside } = placed;
  const visit = visits?.nodes.get(node.name);
  const step = visit?.step;
  const status = step?.status;
  const isSelected =
    step !== undefined
      ? step.id === selectedStepId || (selectedStepId === undefined && selected === node.name)
      : selected === node.name;
  const choose = () => onSelect(node.name, step?.id);
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    choose();
  };
  const words = [
    cut(node.name, 30),
    node.type,
    status === undefined ? t('not run') : stepStatusText(status),
  ];
  return (
    <g transform={`translate(${x} ${y})`}>
      <g
        className={`node ${status ?? 'none'} ${inside.length > 0 ? 'group' : ''}${isSelected ? ' selected' : ''}`}
        role="button"
        tabIndex={0}
        aria-pressed={isSelected}
        onClick={choose}
        onKeyDown={press}
      >
        <title>
          {node.comment === undefined ? words.join(', ') : `${words.join(', ')}: ${node.comment}`}
        </title>
        <rect className="box" width={width} height={height} rx="8" />
        <circle className="sign-back" cx="21" cy="22" r="11" />
        <text aria-hidden="true" className="sign" x="21" y="26">
          {status === undefined ? typeSign(node.type) : SIGNS[status]}
        </text>
        <text className="name" x="40" y="19">
          {cut(node.name, 30)}
        </text>
        <text aria-hidden="true" className="detail" x="40" y="34">
          {cut(detailOf(placed, step, nowMs), 40)}
        </text>
        {visit !== undefined && visit.count > 1 && (
          <text
            aria-hidden="true"
            className="count"
            x={width - 10}
            y="19"
          >{`×${visit.count}`}</text>
        )}
      </g>
      {inside.map((graph, at) => (
        <g key={graph.graph.startAt} className="inside">
          <rect
            className="inside-box"
            x={graph.x - 6}
            y={graph.y - 2}
            width={graph.width + 12}
            height={graph.height + 4}
            rx="6"
          />
          <Graph {...props} layout={graph} visits={visits?.inside.get(node.name)?.[at]} />
        </g>
      ))}
    </g>
  );
}

function detailOf({ node }: PlacedNode, step: Step | undefined, nowMs: number): string {
  const what = node.detail === undefined ? node.type : `${node.type} · ${node.detail}`;
  if (step === undefined) return what;
  const pending = pendingText(step, node, nowMs);
  if (pending !== undefined) return pending;
  const took =
    step.exitedMs === undefined ? '' : ` · ${durationText(step.exitedMs - step.enteredMs)}`;
  const items =
    step.length === undefined
      ? ''
      : ` · ${t('{count} of {length}', { count: step.iterations.size, length: step.length })}`;
  const tries =
    step.attempts.length > 1 ? ` · ${t('{count} attempts', { count: step.attempts.length })}` : '';
  return `${node.type}${items}${tries}${took}`;
}

function typeSign(type: string): string {
  return type === 'Choice' ? '◇' : type.charAt(0);
}

function cut(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}

/** A line through the points of an edge, with round corners. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const corners = rest.map((point, at) => {
    const next = rest[at + 1];
    if (next === undefined) return `L${point.x} ${point.y}`;
    const before = points[at] ?? point;
    const [a, b] = [towards(point, before), towards(point, next)];
    return `L${a.x} ${a.y} Q${point.x} ${point.y} ${b.x} ${b.y}`;
  });
  return `M${first.x} ${first.y} ${corners.join(' ')}`;
}

const CORNER = 10;

/** A point at a corner's radius on the way to its neighbour, at most half-way. */
function towards(corner: Point, neighbour: Point): Point {
  const [dx, dy] = [neighbour.x - corner.x, neighbour.y - corner.y];
  const length = Math.hypot(dx, dy);
  const share = length === 0 ? 0 : Math.min(0.5, CORNER / length);
  return { x: corner.x + dx * share, y: corner.y + dy * share };
}
