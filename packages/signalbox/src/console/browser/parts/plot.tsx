import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { t } from '../app/strings.ts';
import type { Series } from './series.ts';

const COLOURS = [
  '#0972d3',
  '#d45b07',
  '#037f0c',
  '#8456ce',
  '#c33d69',
  '#067f68',
  '#6a7f00',
  '#962249',
  '#5978e3',
  '#b0620f',
];

/** A plot of series over time; drawing over a part of it hands that time out. */
export function Plot({
  series,
  onBrush,
}: {
  readonly series: readonly Series[];
  readonly onBrush: (fromMs: number, toMs: number) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const brushed = useRef(onBrush);
  brushed.current = onBrush;
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const style = window.getComputedStyle(element);
    const axis = {
      stroke: style.color,
      grid: { stroke: 'rgba(128,128,128,.18)' },
      ticks: { stroke: 'rgba(128,128,128,.3)' },
      font: '11px sans-serif',
    };
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height: 180,
        tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), 'UTC'),
        axes: [axis, { ...axis, size: 46 }],
        legend: { show: false },
        series: [
          {},
          ...series.map(({ label }, at) => ({
            label,
            stroke: COLOURS[at % COLOURS.length] ?? '',
            width: 1.5,
            points: { show: true, size: 4 },
          })),
        ],
        hooks: {
          setSelect: [
            (chart) => {
              if (chart.select.width < 4) return;
              const from = chart.posToVal(chart.select.left, 'x');
              const to = chart.posToVal(chart.select.left + chart.select.width, 'x');
              brushed.current(from * 1000, to * 1000);
            },
          ],
        },
        cursor: { drag: { x: true, y: false, setScale: false } },
      },
      joined(series),
      element,
    );
    const observer = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: 180 }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [series]);
  return (
    <>
      <div ref={place} className="plot" role="img" aria-label={spoken(series)} />
      <ul className="plot-legend">
        {series.map(({ label }, at) => (
          <li key={label}>
            <svg width="10" height="10" aria-hidden="true">
              <rect width="10" height="10" fill={COLOURS[at % COLOURS.length]} />
            </svg>
            {label}
          </li>
        ))}
      </ul>
    </>
  );
}

/** All series over the times of all: a gap is where one has no value. */
function joined(series: readonly Series[]): uPlot.AlignedData {
  const times = [...new Set(series.flatMap((one) => one.times))].sort((a, b) => a - b);
  const columns = series.map((one) => {
    const byTime = new Map(one.times.map((time, at) => [time, one.values[at] ?? null]));
    return times.map((time) => byTime.get(time) ?? null);
  });
  return [times, ...columns];
}

function spoken(series: readonly Series[]): string {
  const parts = series.map(({ label, values }) =>
    t('{label}: {count} points, last {last}', {
      ...{ label, count: values.length, last: values.at(-1) ?? '–' },
    }),
  );
  return parts.join('; ') || t('No data');
}
