import type { Datapoint } from './datapoint.ts';

/** A metric: its name, its namespace and one set of dimensions. */
export interface MetricIdentity {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A metric with all its datapoints, in the order of arrival. */
export interface StoredMetric extends MetricIdentity {
  readonly datapoints: Datapoint[];
}

/** All metrics of the account. */
export class MetricStore {
  readonly #metrics = new Map<string, StoredMetric>();

  add(datapoint: Datapoint): void {
    const key = keyOf(datapoint);
    const { namespace, metricName, dimensions } = datapoint;
    const metric = this.#metrics.get(key) ?? { namespace, metricName, dimensions, datapoints: [] };
    metric.datapoints.push(datapoint);
    this.#metrics.set(key, metric);
  }

  /** Finds the metric of exactly these dimensions: CloudWatch never adds up over others. */
  find(identity: MetricIdentity): StoredMetric | undefined {
    return this.#metrics.get(keyOf(identity));
  }

  /** Every metric in the order of its first datapoint. */
  all(): StoredMetric[] {
    return [...this.#metrics.values()];
  }
}

function keyOf({ namespace, metricName, dimensions }: MetricIdentity): string {
  const sorted = Object.entries(dimensions).sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([namespace, metricName, sorted]);
}
