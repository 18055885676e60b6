import type { Datapoint } from './datapoint.ts';
import { firstAt, type MetricBucket } from './metric-store.ts';

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

/** The time to sum up, and the length of its steps. */
export interface PeriodChoice {
  readonly startMs: number;
  readonly endMs: number;
  readonly periodMs: number;
  readonly unit: string | undefined;
}

/** Sums buckets up by period and unit, oldest first; periods without datapoints are left out. */
export function statisticsOf(
  buckets: readonly MetricBucket[],
  { startMs, endMs, periodMs, unit }: PeriodChoice,
): PeriodStatistics[] {
  const groups = new Map<string, { readonly timestampMs: number; readonly own: MetricBucket[] }>();
  const firstMs = roundedStart(startMs, periodMs);
  for (const bucket of buckets) {
    if (bucket.timestampMs < firstMs || bucket.timestampMs >= endMs) continue;
    if (unit !== undefined && bucket.unit !== unit) continue;
    const steps = Math.floor((bucket.timestampMs - firstMs) / periodMs);
    const timestampMs = firstMs + steps * periodMs;
    const key = `${timestampMs} ${bucket.unit}`;
    const group = groups.get(key) ?? { timestampMs, own: [] };
    group.own.push(bucket);
    groups.set(key, group);
  }
  return [...groups.values()]
    .sort((left, right) => left.timestampMs - right.timestampMs)
    .map(({ timestampMs, own }) => sumUp(timestampMs, own));
}

/** Sums up one window of time over all units, or one; undefined when it has no datapoints. */
export function statisticsIn(
  buckets: readonly MetricBucket[],
  startMs: number,
  endMs: number,
  unit: string | undefined,
): PeriodStatistics | undefined {
  const own = buckets
    .slice(firstAt(buckets, startMs), firstAt(buckets, endMs))
    .filter((bucket) => unit === undefined || bucket.unit === unit);
  return own.length === 0 ? undefined : sumUp(startMs, own);
}

/** AWS: a start is rounded down to the whole minute, or to the period where that is shorter. */
export function roundedStart(startMs: number, periodMs: number): number {
  const stepMs = Math.min(periodMs, 60_000);
  return Math.floor(startMs / stepMs) * stepMs;
}

function sumUp(timestampMs: number, buckets: readonly MetricBucket[]): PeriodStatistics {
  let SampleCount = 0;
  let Sum = 0;
  let Minimum = Number.POSITIVE_INFINITY;
  let Maximum = Number.NEGATIVE_INFINITY;
  for (const bucket of buckets) {
    SampleCount += bucket.sampleCount;
    Sum += bucket.sum;
    Minimum = Math.min(Minimum, bucket.minimum);
    Maximum = Math.max(Maximum, bucket.maximum);
  }
  return {
    timestampMs,
    unit: buckets[0]?.unit ?? 'None',
    SampleCount,
    Sum,
    Average: Sum / SampleCount,
    Minimum,
    Maximum,
    percentile: (percent) => percentileOf(buckets, SampleCount, percent),
  };
}

function percentileOf(
  buckets: readonly MetricBucket[],
  sampleCount: number,
  percent: number,
): number | undefined {
  const counts = new Map<number, number>();
  for (const { values } of buckets) {
    if (values === undefined) return undefined;
    for (const [value, count] of values) counts.set(value, (counts.get(value) ?? 0) + count);
  }
  const sorted = [...counts].sort(([left], [right]) => left - right);
  const rank = Math.max(1, Math.ceil((percent / 100) * sampleCount));
  let seen = 0;
  for (const [value, count] of sorted) {
    seen += count;
    if (seen >= rank) return value;
  }
  return sorted.at(-1)?.[0];
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
  const percent = percentOf(name);
  return percent === undefined ? undefined : (period) => period.percentile(percent);
}

/** The percent of a percentile's name, such as 99.9 of `p99.9`; undefined for other names. */
export function percentOf(name: string): number | undefined {
  const percent = /^p(100|\d{1,2}(?:\.\d{1,10})?)$/.exec(name)?.[1];
  return percent === undefined ? undefined : Number(percent);
}
