/** The bounds of what would grow for ever. */
export interface Limits extends KeptLimits, RunningLimits {}

/** How much a rehearsal keeps; of each the oldest make room. */
interface KeptLimits {
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

/** How much runs or waits at once; what is one too many is refused as AWS refuses it. */
interface RunningLimits {
  /** Executions that run, but the children of Map Runs. */
  readonly openExecutions: number;
  /** Invocations of functions under way. */
  readonly concurrentInvocations: number;
  /** Asynchronous invocations that run, or wait for their turn or a retry. */
  readonly queuedInvocations: number;
  /** How often a function or a machine may come of itself within one trace. */
  readonly recursions: number;
  /** Regions that are open; one with a stack or with something kept is opened whatever their number. */
  readonly regions: number;
  /** Processes and threads that one execution environment of a function has started itself and that run. */
  readonly functionProcesses: number;
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
  // AWS: 1,000,000; each takes memory here.
  openExecutions: 100_000,
  // AWS: the concurrency of a new account.
  concurrentInvocations: 1_000,
  queuedInvocations: 10_000,
  recursions: 1_000,
  // AWS: some 40 Regions in all partitions; each that is open takes memory.
  regions: 40,
  // AWS: "File descriptors, processes and threads: 1,024".
  functionProcesses: 1_024,
};
