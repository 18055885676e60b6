/** A metric: its namespace, its name and one set of dimensions. */
export interface MetricIdentity {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A value that a service measured at one time. */
export interface MeasuredValue {
  /** Unix milliseconds. */
  readonly timeMs: number;
  readonly value: number;
}

/**
 * A service's metrics about itself, which CloudWatch pulls when somebody looks at them: no service
 * measures itself by a timer, which would keep a skipping clock from skipping.
 */
export interface MetricSource {
  /** Such as `AWS/RDS`. */
  readonly namespace: string;
  /** The metrics that a Region has now. */
  metrics(region: string): readonly MetricIdentity[];
  /**
   * The values from `startMs` until before `endMs` (Unix milliseconds), oldest first. An end in the
   * future asks what will be measured if nothing happens; a source that can't know returns values up to now.
   */
  datapoints(
    metric: MetricIdentity,
    region: string,
    startMs: number,
    endMs: number,
  ): readonly MeasuredValue[];
  /** Adds a listener for when the values change their course, such as at a failure or its end. */
  onChange(listener: () => void): void;
}
