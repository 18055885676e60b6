/** The durations by which groups act, all in milliseconds of the rehearsal's clock. */
export interface Pace {
  /** From a change of what is wanted to the first launch. */
  readonly reactionMs: number;
  /** From a launch to InService. */
  readonly launchMs: number;
  /** From the choice of an instance to its end. */
  readonly terminateMs: number;
  /** The number of instances that are launched at once, and the time after them until the next. */
  readonly launchBatch: number;
  readonly launchIntervalMs: number;
  /** From a failed launch to the next try; doubles with each failure, up to eight times. */
  readonly retryMs: number;
  /** The duration of slow launches, in place of `launchMs`. */
  readonly slowLaunchMs: number;
  /** The delay of a group's descriptions behind the group. */
  readonly describeLagMs: number;
}

/** The pace of a calm day. */
export const USUAL_PACE: Pace = {
  reactionMs: 4_000,
  launchMs: 60_000,
  terminateMs: 30_000,
  launchBatch: 5,
  launchIntervalMs: 5_000,
  retryMs: 60_000,
  slowLaunchMs: 600_000,
  describeLagMs: 1_000,
};
