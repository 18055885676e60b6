import type { Datapoint, WeightedValue } from './datapoint.ts';

/** The datapoints of one period, summed up. */
export interface PeriodStatistics {
  /** Start of the period. */
  readonly timestampMs: number;
  readonly unit: Datapoint['unit'];
  readonly SampleCount: number;
  readonly Sum: number;
  readonly Average: number;
  readonly Minimum: number;
  readonly Maximum: number;
  /** Undefined where a summary came without its values, or for a percentile that cannot be read. */
  percentile(percent: number): number | undefined;
}

/** Which time to sum up, and in what steps. */
export interface PeriodChoice {
  readonly startMs: number;
  readonly endMs: number;
  readonly periodMs: number;
  readonly unit: string | undefined;
}

/** Sums datapoints up by period and unit, oldest first; periods without datapoints are left out. */
export function statisticsOf(
  datapoints: readonly Datapoint[],
  { startMs, endMs, periodMs, unit }: PeriodChoice,
): PeriodStatistics[] {
  const groups = new Map<string, { readonly timestampMs: number; readonly points: Datapoint[] }>();
  const firstMs = roundedStart(startMs, periodMs);
  for (const point of datapoints) {
    if (point.timestampMs < firstMs || point.timestampMs >= endMs) continue;
    if (unit !== undefined && point.unit !== unit) continue;
    const steps = Math.floor((point.timestampMs - firstMs) / periodMs);
    const timestampMs = firstMs + steps * periodMs;
    const key = `${timestampMs} ${point.unit}`;
    const group = groups.get(key) ?? { timestampMs, points: [] };
    group.points.push(point);
    groups.set(key, group);
  }
  return [...groups.values()]
    .sort((left, right) => left.timestampMs - right.timestampMs)
    .map(({ timestampMs, points }) => sumUp(timestampMs, points));
}

/** AWS: a start is rounded down to the whole minute, or to the period where that is shorter. */
function roundedStart(startMs: number, periodMs: number): number {
  const stepMs = Math.min(periodMs, 60_000);
  return Math.floor(startMs / stepMs) * stepMs;
}

function sumUp(timestampMs: number, points: readonly Datapoint[]): PeriodStatistics {
  let SampleCount = 0;
  let Sum = 0;
  let Minimum = Number.POSITIVE_INFINITY;
  let Maximum = Number.NEGATIVE_INFINITY;
  let kept: WeightedValue[] | undefined = [];
  for (const { samples } of points) {
    if (samples.kind === 'summary') {
      SampleCount += samples.sampleCount;
      Sum += samples.sum;
      Minimum = Math.min(Minimum, samples.minimum);
      Maximum = Math.max(Maximum, samples.maximum);
      kept = undefined;
      continue;
    }
    kept?.push(...samples.values);
    for (const { value, count } of samples.values) {
      SampleCount += count;
      Sum += value * count;
      Minimum = Math.min(Minimum, value);
      Maximum = Math.max(Maximum, value);
    }
  }
  const sorted = kept?.sort((left, right) => left.value - right.value);
  return {
    timestampMs,
    unit: points[0]?.unit ?? 'None',
    SampleCount,
    Sum,
    Average: Sum / SampleCount,
    Minimum,
    Maximum,
    percentile: (percent) => sorted && percentileOf(sorted, SampleCount, percent),
  };
}

function percentileOf(
  sorted: readonly WeightedValue[],
  sampleCount: number,
  percent: number,
): number | undefined {
  const rank = Math.max(1, Math.ceil((percent / 100) * sampleCount));
  let seen = 0;
  for (const { value, count } of sorted) {
    seen += count;
    if (seen >= rank) return value;
  }
  return sorted.at(-1)?.value;
}

/** Reads a statistic's value by its name, such as `Sum` or `p99`; undefined for other names. */
export function statisticNamed(
  name: string,
): ((period: PeriodStatistics) => number | undefined) | undefined {
  switch (name) {
    case 'SampleCount':
    case 'Sum':
    case 'Average':
    case 'Minimum':
    case 'Maximum':
      return (period) => period[name];
  }
  const percent = /^p(100|\d{1,2}(?:\.\d{1,10})?)$/.exec(name)?.[1];
  return percent === undefined ? undefined : (period) => period.percentile(Number(percent));
}
