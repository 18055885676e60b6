import type { MetricIdentity, MetricSource } from '../metric-source.ts';
import {
  bucketOf,
  firstAt,
  type MetricBucket,
  type MetricStore,
  metricKey,
} from './metric-store.ts';

const MINUTE_MS = 60_000;
/** Services measure once a minute: one that has not for so long has stopped. */
export const HELD_MS = 90_000;

/** Reads metrics that were put into CloudWatch and metrics that services measure of themselves, as one. */
export interface MetricReader {
  /** A Region's metrics. */
  all(region: string): readonly MetricIdentity[];
  /** A metric's buckets from `startMs` until before `endMs` (Unix milliseconds), oldest first. */
  buckets(
    metric: MetricIdentity,
    region: string,
    startMs: number,
    endMs: number,
  ): readonly MetricBucket[];
  /**
   * The same with an end in the future, as if nothing happened until then: what is put ends, and
   * what a service measures goes on as it is.
   */
  foreseen(
    metric: MetricIdentity,
    region: string,
    startMs: number,
    endMs: number,
  ): readonly MetricBucket[];
}

/** Makes the reader of a store and of sources, which may become more. */
export function createMetricReader(
  store: MetricStore,
  sources: readonly MetricSource[],
  nowMs: () => number,
): MetricReader {
  // A source returns nothing for what it does not know: its list may be long, and is not asked for.
  const sourceOf = ({ namespace }: MetricIdentity): MetricSource | undefined =>
    sources.find((source) => source.namespace === namespace);

  const stored: MetricReader['buckets'] = (metric, region, startMs, endMs) => {
    const buckets = store.find(metric, region)?.buckets ?? [];
    return buckets.slice(firstAt(buckets, startMs), firstAt(buckets, endMs));
  };

  function read(isForeseen: boolean): MetricReader['buckets'] {
    return (metric, region, startMs, endMs) => {
      const own = stored(metric, region, startMs, endMs);
      const source = sourceOf(metric);
      if (source === undefined) return own;
      const until = isForeseen ? endMs : Math.min(endMs, nowMs() + 1);
      const measured = source.datapoints(metric, region, startMs, until);
      const values = measured.map(({ timeMs, value }) => bucketOf(timeMs, value));
      const goingOn = isForeseen ? held(values, nowMs(), endMs) : [];
      return merged(own, [...values, ...goingOn]);
    };
  }

  return {
    all(region) {
      const own = sources.flatMap((source) => source.metrics(region));
      const metrics = new Map(
        [...store.all(region), ...own].map((metric) => [metricKey(metric), metric]),
      );
      return [...metrics.values()];
    },
    buckets: read(false),
    foreseen: read(true),
  };
}

/** Holds the last value where a source returns nothing of the future: one that measures goes on measuring. */
function held(values: readonly MetricBucket[], nowMs: number, endMs: number): MetricBucket[] {
  const last = values.at(-1);
  if (last === undefined || last.timestampMs > nowMs) return [];
  if (nowMs - last.timestampMs > HELD_MS) return []; // it has stopped
  const future: MetricBucket[] = [];
  for (let timeMs = last.timestampMs + MINUTE_MS; timeMs < endMs; timeMs += MINUTE_MS) {
    future.push(bucketOf(timeMs, last.sum / last.sampleCount));
  }
  return future;
}

function merged(
  left: readonly MetricBucket[],
  right: readonly MetricBucket[],
): readonly MetricBucket[] {
  if (left.length === 0) return right;
  return [...left, ...right].sort((a, b) => a.timestampMs - b.timestampMs);
}
