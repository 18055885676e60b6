const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Time in which the event of an end is given its chance. */
const PATIENCE_MS = 2 * MINUTE_MS;

/** Time for which a stopped execution is looked after. */
export const WINDOW_MS = 7 * DAY_MS;

/** No execution of order-processing runs longer: a day for an approver, three for a carrier, and its work. */
export const LONGEST_RUN_MS = 5 * DAY_MS;

/** An execution that was stopped or ran out of time. */
export interface StoppedExecution {
  readonly executionArn: string;
  readonly name: string;
  /** Unix milliseconds. */
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

/**
 * The name of the reconciliation that a stopped execution gets now: one a few minutes after its end, then
 * after one, two, four hours and so on, for a week. It may have written no order that an index could find.
 * @returns Undefined where it gets none any more, or none yet.
 */
export function reconciliationNameOf(
  { name, endedAtMs }: StoppedExecution,
  nowMs: number,
): string | undefined {
  const ageMs = nowMs - endedAtMs;
  if (ageMs < PATIENCE_MS || ageMs > WINDOW_MS) return undefined;
  const hours = Math.floor(ageMs / HOUR_MS);
  return `${name}-t${hours === 0 ? 0 : Math.floor(Math.log2(hours)) + 1}`.slice(-80);
}
