import type { Journal, OpenJournal } from '../../core/journal.ts';
import type { Limits } from '../../core/limits.ts';
import type { MetricIdentity } from '../metric-source.ts';
import type { Datapoint } from './datapoint.ts';

/** A metric's datapoints of one minute and unit as one summary; of one second at high resolution. */
export interface MetricBucket {
  /** Start of the minute or second, in Unix milliseconds. */
  readonly timestampMs: number;
  readonly unit: Datapoint['unit'];
  sampleCount: number;
  sum: number;
  minimum: number;
  maximum: number;
  /** The number of times that each value occurred; undefined when a summary came without its values. */
  values: Map<number, number> | undefined;
}

/** A metric with its buckets, oldest first. */
export interface StoredMetric extends MetricIdentity {
  readonly buckets: MetricBucket[];
}

/** The oldest periods of a metric make room many at a time: this part of those that are kept. */
const SLACK = 0.05;

/** The metrics of every Region. */
export class MetricStore {
  readonly #regions = new Map<string, Map<string, StoredMetric>>();
  readonly #limits: Pick<Limits, 'metrics' | 'metricPeriods'>;
  readonly #journal: Pick<Journal, 'append'> | undefined;

  /** Opens the metrics with what an earlier process has kept in the journal, where there is one. */
  constructor(limits: Pick<Limits, 'metrics' | 'metricPeriods'>, openJournal?: OpenJournal) {
    this.#limits = limits;
    this.#journal = openJournal?.({
      take: (line) => {
        const { region, datapoints } = readLine(line);
        for (const datapoint of datapoints) this.add(datapoint, region);
      },
      snapshot: () =>
        [...this.#regions].flatMap(([region, metrics]) =>
          [...metrics.values()].map((metric) => writeLine(region, datapointsOf(metric))),
        ),
    });
  }

  /** Keeps datapoints before they are added. @throws {AwsError} When the disk does not take them. */
  keep(datapoints: readonly Datapoint[], region: string): void {
    if (datapoints.length > 0) this.#journal?.append(writeLine(region, datapoints));
  }

  /**
   * Adds a datapoint to those of its minute: CloudWatch keeps no finer ones at standard resolution.
   * Returns the metric's key.
   */
  add(datapoint: Datapoint, region: string): string {
    const metrics = this.#regions.get(region) ?? new Map<string, StoredMetric>();
    this.#regions.set(region, metrics);
    const key = metricKey(datapoint);
    const { namespace, metricName, dimensions } = datapoint;
    const metric = metrics.get(key) ?? { namespace, metricName, dimensions, buckets: [] };
    if (metrics.size >= this.#limits.metrics && !metrics.has(key)) metrics.delete(idlest(metrics));
    metrics.set(key, metric);
    addSamples(bucketFor(metric.buckets, datapoint), datapoint);
    const { metricPeriods } = this.#limits;
    if (metric.buckets.length > metricPeriods * (1 + SLACK)) {
      metric.buckets.splice(0, metric.buckets.length - metricPeriods);
    }
    return key;
  }

  /** Finds the metric of exactly these dimensions: CloudWatch never adds up over others. */
  find(identity: MetricIdentity, region: string): StoredMetric | undefined {
    return this.#regions.get(region)?.get(metricKey(identity));
  }

  /** A Region's metrics in the order of their first datapoints. */
  all(region: string): readonly StoredMetric[] {
    return [...(this.#regions.get(region)?.values() ?? [])];
  }
}

interface KeptDatapoints {
  readonly region: string;
  readonly datapoints: readonly Datapoint[];
}

function writeLine(region: string, datapoints: readonly Datapoint[]): string {
  return JSON.stringify({ region, datapoints });
}

function readLine(text: string): KeptDatapoints {
  const line: KeptDatapoints = JSON.parse(text);
  if (Array.isArray(line?.datapoints)) return line;
  throw new SyntaxError('Cannot read a line of the metrics');
}

/** The datapoints that make the same buckets. */
function datapointsOf({ buckets, ...metric }: StoredMetric): readonly Datapoint[] {
  return buckets.map(({ timestampMs, unit, sampleCount, sum, minimum, maximum, values }) => ({
    ...metric,
    timestampMs,
    unit,
    storageResolution: timestampMs % 60_000 === 0 ? 60 : 1,
    samples:
      values === undefined
        ? { kind: 'summary', sampleCount, sum, minimum, maximum }
        : { kind: 'values', values: [...values].map(([value, count]) => ({ value, count })) },
  }));
}

/** The key of the metric that had no data for the longest time. */
function idlest(metrics: ReadonlyMap<string, StoredMetric>): string {
  let [key, sinceMs] = ['', Number.POSITIVE_INFINITY];
  for (const [one, { buckets }] of metrics) {
    const lastMs = buckets.at(-1)?.timestampMs ?? 0;
    if (lastMs < sinceMs) [key, sinceMs] = [one, lastMs];
  }
  return key;
}

/** Writes a metric's identity as one text. */
export function metricKey({ namespace, metricName, dimensions }: MetricIdentity): string {
  const sorted = Object.entries(dimensions).sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([namespace, metricName, sorted]);
}

/** Makes a bucket of one value. */
export function bucketOf(timestampMs: number, value: number): MetricBucket {
  return {
    timestampMs,
    unit: 'None',
    sampleCount: 1,
    sum: value,
    minimum: value,
    maximum: value,
    values: new Map([[value, 1]]),
  };
}

/** The place of the first bucket at or after a time. */
export function firstAt(buckets: readonly MetricBucket[], timeMs: number): number {
  let low = 0;
  let high = buckets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((buckets[middle]?.timestampMs ?? timeMs) < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function bucketFor(
  buckets: MetricBucket[],
  { timestampMs, unit, storageResolution }: Datapoint,
): MetricBucket {
  const resolutionMs = storageResolution * 1000;
  const startMs = Math.floor(timestampMs / resolutionMs) * resolutionMs;
  const index = firstAt(buckets, startMs);
  for (let at = index; buckets[at]?.timestampMs === startMs; at += 1) {
    const bucket = buckets[at];
    if (bucket?.unit === unit) return bucket;
  }
  const bucket: MetricBucket = {
    timestampMs: startMs,
    unit,
    sampleCount: 0,
    sum: 0,
    minimum: Number.POSITIVE_INFINITY,
    maximum: Number.NEGATIVE_INFINITY,
    values: new Map(),
  };
  buckets.splice(index, 0, bucket);
  return bucket;
}

function addSamples(bucket: MetricBucket, { samples }: Datapoint): void {
  if (samples.kind === 'summary') {
    bucket.sampleCount += samples.sampleCount;
    bucket.sum += samples.sum;
    bucket.minimum = Math.min(bucket.minimum, samples.minimum);
    bucket.maximum = Math.max(bucket.maximum, samples.maximum);
    bucket.values = undefined;
    return;
  }
  for (const { value, count } of samples.values) {
    bucket.sampleCount += count;
    bucket.sum += value * count;
    bucket.minimum = Math.min(bucket.minimum, value);
    bucket.maximum = Math.max(bucket.maximum, value);
    bucket.values?.set(value, (bucket.values.get(value) ?? 0) + count);
  }
}
