/** Durations of operations, in seconds of the clock; the file of simulated resources may say otherwise. */
export interface Timings {
  /** AWS: failovers of an Aurora cluster "are typically less than 35 seconds". */
  readonly failoverSeconds: number;
  /** Seconds from the status to the change of the members' writer flag; negative where it changes earlier. */
  readonly writerFlagLagSeconds: number;
  /** Without a reader Aurora makes a new writer. AWS: "typically less than 10 minutes". */
  readonly recreateWriterSeconds: number;
  readonly switchoverSeconds: number;
  readonly globalFailoverSeconds: number;
  /** Until the old primary follows the new one again, once its Region is back. */
  readonly resyncSeconds: number;
  readonly promoteSeconds: number;
  readonly rebootSeconds: number;
  readonly modifySeconds: number;
  readonly createClusterSeconds: number;
  readonly createInstanceSeconds: number;
  readonly deleteSeconds: number;
  readonly stopSeconds: number;
  readonly startSeconds: number;
}

/** Durations near to those of AWS. */
export const DEFAULT_TIMINGS: Timings = {
  failoverSeconds: 30,
  writerFlagLagSeconds: 5,
  recreateWriterSeconds: 480,
  switchoverSeconds: 60,
  globalFailoverSeconds: 60,
  resyncSeconds: 300,
  promoteSeconds: 60,
  rebootSeconds: 20,
  modifySeconds: 15,
  createClusterSeconds: 60,
  createInstanceSeconds: 300,
  deleteSeconds: 120,
  stopSeconds: 120,
  startSeconds: 180,
};
