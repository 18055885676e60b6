import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Step } from '../../../../history/steps/step.ts';
import { graphVisits, usualIteration, waysTaken } from '../../../graph/graph-visits.ts';
import { layOutGraph } from '../../../graph/lay-out-graph.ts';
import type { MachineGraph } from '../../../graph/machine-graph.ts';
import type { Direction, PlacedGraph, Point } from '../../../graph/placed-graph.ts';
import { withTakenCatches } from '../../../graph/shown-edges.ts';
import { t } from '../../app/strings.ts';
import { saveFile } from '../../parts/save-file.ts';
import { GraphPicture } from './graph-picture.tsx';
import { chooseIteration } from './selection.ts';

/** The graph of a machine, with what a history says of it. */
export interface GraphViewProps {
  readonly graph: MachineGraph;
  readonly steps: readonly Step[];
  readonly iterations: ReadonlyMap<number, number>;
  readonly selected: string | undefined;
  readonly selectedStepId: number | undefined;
  readonly nowMs: number;
  readonly isRunning: boolean;
  readonly onSelect: (name: string, stepId: number | undefined) => void;
}

/** Smaller texts than this nobody reads: the picture scrolls then. */
const SMALLEST_FIT = 0.6;
const ZOOMS = [0.25, 0.4, 0.5, 0.65, 0.8, 1, 1.25, 1.5, 2];

/** Draws the graph, with zoom, direction, a picker of iterations, and a legend. */
export function GraphView(props: GraphViewProps) {
  const { graph, steps, iterations } = props;
  const [direction, setDirection] = useState<Direction>('TB');
  const [zoom, setZoom] = useState<number>();
  const frame = useRef<HTMLDivElement>(null);
  const [hasCatches, showCatches] = useState(false);
  // Only a new way changes the picture, not each new event.
  const ways = [...waysTaken(steps)].join('\n');
  const layout = useMemo(() => {
    const shown = hasCatches ? graph : withTakenCatches(graph, new Set(ways.split('\n')));
    return layOutGraph(shown, direction);
  }, [graph, direction, hasCatches, ways]);
  const visits = useMemo(() => graphVisits(graph, steps, iterations), [graph, steps, iterations]);
  const [width, setWidth] = useState(800);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 800));
    if (frame.current !== null) observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);
  const fitting = Math.min(1, Math.max(SMALLEST_FIT, (width - 24) / layout.width));
  const scale = zoom ?? fitting;
  const middle = placeOf(layout, props.selected) ?? layout.start;
  useCentred(frame, (middle?.x ?? 0) * scale, width);
  const step = (by: 1 | -1) => {
    const next = by > 0 ? ZOOMS.find((one) => one > scale) : ZOOMS.findLast((one) => one < scale);
    setZoom(next ?? scale);
  };
  return (
    <div className="graph-view">
      <div className="graph-tools">
        <SegmentedControl
          label={t('Direction')}
          selectedId={direction}
          onChange={({ detail }) => setDirection(detail.selectedId === 'LR' ? 'LR' : 'TB')}
          options={[
            { id: 'TB', iconName: 'arrow-down', iconAlt: t('From top to bottom') },
            { id: 'LR', iconName: 'arrow-right', iconAlt: t('From left to right') },
          ]}
        />
        <SpaceBetween direction="horizontal" size="xxs">
          <Button
            iconName="zoom-out"
            variant="icon"
            ariaLabel={t('Zoom out')}
            onClick={() => step(-1)}
          />
          <Button
            iconName="zoom-in"
            variant="icon"
            ariaLabel={t('Zoom in')}
            onClick={() => step(1)}
          />
          <Button
            iconName="zoom-to-fit"
            variant="icon"
            ariaLabel={t('Fit')}
            onClick={() => setZoom(undefined)}
          />
          <Button
            iconName="download"
            variant="icon"
            ariaLabel={t('Export as SVG')}
            onClick={() => exportSvg(frame.current)}
          />
        </SpaceBetween>
        <Checkbox checked={hasCatches} onChange={({ detail }) => showCatches(detail.checked)}>
          {t('Every Catch')}
        </Checkbox>
        <IterationPickers steps={steps} iterations={iterations} />
      </div>
      <div
        className="graph-frame"
        ref={frame}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus
        tabIndex={0}
        role="region"
        aria-label={t('Graph of the states')}
      >
        <GraphPicture {...props} layout={layout} visits={visits} scale={scale} />
      </div>
      <Legend />
    </div>
  );
}

/** Scrolls a place into the middle of its frame, when the picture is wider than it. */
function useCentred(
  frame: React.RefObject<HTMLDivElement | null>,
  middle: number,
  width: number,
): void {
  useEffect(() => {
    if (frame.current !== null) frame.current.scrollLeft = Math.max(0, middle - width / 2);
  }, [frame, middle, width]);
}

/** The middle of a state at the top of the graph. */
function placeOf({ nodes }: PlacedGraph, name: string | undefined): Point | undefined {
  const found = nodes.find(({ node }) => node.name === name);
  return found && { x: found.x + found.width / 2, y: found.y + found.height / 2 };
}

/** A picker for each Map that was visited, with the iterations that went wrong first. */
function IterationPickers({ steps, iterations }: Pick<GraphViewProps, 'steps' | 'iterations'>) {
  const maps = steps.filter((step) => step.iterations.size > 1);
  return maps.slice(-4).map((map) => {
    const chosen = iterations.get(map.id) ?? usualIteration(map);
    const option = (index: number) => ({ value: String(index), label: `${map.name} #${index}` });
    return (
      <Select
        key={map.id}
        ariaLabel={t('Iteration of {name}', { name: map.name })}
        filteringType="auto"
        filteringAriaLabel={t('Find')}
        virtualScroll={map.iterations.size > 100}
        selectedOption={option(chosen)}
        options={groupsOf(map).map(({ label, indexes }) => ({
          label: `${label} (${indexes.length})`,
          options: indexes.map(option),
        }))}
        onChange={({ detail }) =>
          chooseIteration(iterations, map.id, Number(detail.selectedOption.value))
        }
      />
    );
  });
}

function groupsOf(map: Step) {
  const labels = {
    failed: t('Failed'),
    aborted: t('Aborted'),
    running: t('Running'),
    succeeded: t('Succeeded'),
  };
  const all = [...map.iterations.values()];
  return Object.entries(labels)
    .map(([status, label]) => ({
      label,
      indexes: all.filter((one) => one.status === status).map(({ index }) => index),
    }))
    .filter(({ indexes }) => indexes.length > 0);
}

function Legend() {
  const words = {
    succeeded: t('succeeded'),
    failed: t('failed'),
    caught: t('caught error'),
    running: t('running'),
    waiting: t('waiting'),
    retrying: t('retrying'),
    aborted: t('aborted'),
  };
  return (
    <ul className="legend" aria-label={t('Legend')}>
      {Object.entries(words).map(([mark, word]) => (
        <li key={mark}>
          <span className={`legend-mark ${mark}`} /> {word}
        </li>
      ))}
      <li>
        <span className="legend-mark none" /> {t('not run')}
      </li>
    </ul>
  );
}

/** Saves the picture as it is shown, with its colours written into it. */
function exportSvg(frame: HTMLElement | null): void {
  const picture = frame?.querySelector('svg');
  if (picture === null || picture === undefined) return;
  const copy = picture.cloneNode(true) as SVGSVGElement;
  const originals = picture.querySelectorAll<SVGElement>('*');
  copy.querySelectorAll<SVGElement>('*').forEach((element, at) => {
    const original = originals[at];
    if (original === undefined) return;
    const { fill, stroke, strokeWidth, strokeDasharray, font } = window.getComputedStyle(original);
    Object.assign(element.style, { fill, stroke, strokeWidth, strokeDasharray, font });
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const blob = new Blob([copy.outerHTML], { type: 'image/svg+xml' });
  saveFile('graph.svg', blob);
}
