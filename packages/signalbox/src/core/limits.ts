/** How much a rehearsal keeps of what would grow for ever; of each the oldest make room. */
export interface Limits {
  /** Executions after their end. */
  readonly executions: number;
  /** Events of all buses that `event ls` looks back on. */
  readonly events: number;
  /** Events of a log stream. */
  readonly logEvents: number;
  /** Streams of a log group. */
  readonly logStreams: number;
  /** Metrics of a Region. */
  readonly metrics: number;
  /** Periods of a metric that have data: minutes, or seconds at high resolution. */
  readonly metricPeriods: number;
}

/** The limits of a project that sets none. */
export const DEFAULT_LIMITS: Limits = {
  executions: 100_000,
  events: 500,
  logEvents: 1_000,
  logStreams: 200,
  metrics: 10_000,
  // AWS: a metric's minutes are kept for 15 days.
  metricPeriods: 21_600,
};
