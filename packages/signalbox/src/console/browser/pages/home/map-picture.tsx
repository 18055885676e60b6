import { useState } from 'react';
import type { MapNode, PlatformMap } from '../../../server/platform-map.ts';
import { goTo, hrefOf } from '../../app/location.ts';
import { useSurroundings } from '../../app/place-context.tsx';
import { t } from '../../app/strings.ts';
import { shortName } from '../../parts/short-name.ts';
import { placeMap } from './place-map.ts';

/** The executions of a workflow in numbers. */
export interface WorkflowCounts {
  readonly all: number;
  readonly running: number;
  readonly failed: number;
}

const WIDTH = 196;
const HEIGHT = 30;

/** Buses, rules, workflows and what they call, in columns; what belongs to one is lit when it has the focus. */
export function MapPicture({
  map,
  counts,
}: {
  readonly map: PlatformMap;
  readonly counts: ReadonlyMap<string, WorkflowCounts>;
}) {
  const [lit, light] = useState<string>();
  const { places, width, height } = placeMap(map, { width: WIDTH, height: HEIGHT });
  const around = lit === undefined ? undefined : connected(map, lit);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus
    <div className="map-frame" tabIndex={0} role="region" aria-label={t('Map of the platform')}>
      <svg
        className="map"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="group"
        aria-label={t('Platform')}
      >
        {map.edges.map(({ from, to }) => {
          const [a, b] = [places.get(from), places.get(to)];
          if (a === undefined || b === undefined) return null;
          const isLit = around?.has(from) === true && around.has(to);
          const [x1, y1, x2, y2] = [a.x + WIDTH, a.y + HEIGHT / 2, b.x, b.y + HEIGHT / 2];
          const bend = Math.max(30, (x2 - x1) / 2);
          return (
            <path
              key={`${from} ${to}`}
              className={`map-edge${isLit ? ' lit' : ''}${around !== undefined && !isLit ? ' dim' : ''}`}
              d={`M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`}
            />
          );
        })}
        {map.nodes.map((node) => {
          const place = places.get(node.id);
          if (place === undefined) return null;
          const isDim = around !== undefined && !around.has(node.id);
          return (
            <g
              key={node.id}
              className={isDim ? 'dim' : ''}
              transform={`translate(${place.x} ${place.y})`}
            >
              <NodeBox node={node} counts={counts.get(node.name)} onLight={light} />
            </g>
          );
        })}
      </svg>
    </div>
  );
}

const SIGNS: Readonly<Record<MapNode['kind'], string>> = {
  bus: '⇶',
  rule: '⌕',
  workflow: '⌥',
  function: 'λ',
  table: '▦',
  queue: '☰',
  topic: '◉',
};

function NodeBox({
  node,
  counts,
  onLight,
}: {
  readonly node: MapNode;
  readonly counts: WorkflowCounts | undefined;
  readonly onLight: (id: string | undefined) => void;
}) {
  const { kind, name, id } = node;
  const { title } = useSurroundings();
  const text = shortened(shortName(name, title), counts === undefined ? 25 : 19);
  const go = () => goTo(pageOf(node));
  const numbers =
    counts === undefined
      ? ''
      : `, ${t('{all} executions, {running} running, {failed} failed', { ...counts })}`;
  return (
    <g
      className={`map-node ${kind}${(counts?.failed ?? 0) > 0 ? ' has-failed' : ''}`}
      role="link"
      tabIndex={0}
      onClick={go}
      onKeyDown={(event) => event.key === 'Enter' && go()}
      onMouseEnter={() => onLight(id)}
      onMouseLeave={() => onLight(undefined)}
      onFocus={() => onLight(id)}
      onBlur={() => onLight(undefined)}
    >
      <title>{`${t(kind)} ${name}${numbers}`}</title>
      <rect width={WIDTH} height={HEIGHT} rx="6" />
      <text aria-hidden="true" className="map-sign" x="15" y="20">
        {SIGNS[kind]}
      </text>
      <text x="28" y="19">
        {text}
      </text>
      {counts !== undefined && <Numbers counts={counts} />}
    </g>
  );
}

function Numbers({ counts }: { readonly counts: WorkflowCounts }) {
  return (
    <text aria-hidden="true" className="map-count" x={WIDTH - 8} y="19">
      {counts.running > 0 && <tspan className="running">{`▸${counts.running} `}</tspan>}
      {counts.failed > 0 && <tspan className="failed">{`✕${counts.failed} `}</tspan>}
      <tspan>{counts.all}</tspan>
    </text>
  );
}

function shortened(name: string, letters: number): string {
  return name.length <= letters ? name : `${name.slice(0, letters - 1)}…`;
}

function pageOf({ kind, name }: MapNode): string {
  if (kind === 'workflow') return hrefOf(`/workflows/${name}`);
  if (kind === 'function') return hrefOf('/functions', { name });
  return hrefOf(
    '/events',
    kind === 'bus' ? { bus: name } : { rule: kind === 'rule' ? name : undefined },
  );
}

/** All that leads to a node, and all that it leads to. */
function connected({ edges }: PlatformMap, id: string): ReadonlySet<string> {
  const found = new Set([id]);
  const walk = (from: 'from' | 'to', to: 'from' | 'to') => {
    const queue = [id];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const edge of edges) {
        if (edge[from] !== at || found.has(edge[to])) continue;
        found.add(edge[to]);
        queue.push(edge[to]);
      }
    }
  };
  walk('from', 'to');
  walk('to', 'from');
  return found;
}
