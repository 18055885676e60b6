import { type InferOutput, picklist } from 'valibot';

/** The possible ends of a failover. A duplicate has no end of its own: another execution has it. */
export const FailoverOutcomeSchema = picklist([
  'completed',
  'dry-run',
  'suppressed',
  'cooling-down',
  'locked',
  'refused',
  'denied',
  'rolled-back',
  'needs-person',
  'failed',
  'aborted',
  'timed-out',
]);

/** The end of a failover. */
export type FailoverOutcome = InferOutput<typeof FailoverOutcomeSchema>;

/** The ends after which somebody has to look: something was begun and did not come to its end. */
const FAILED_OUTCOMES: readonly FailoverOutcome[] = [
  'rolled-back',
  'needs-person',
  'failed',
  'aborted',
  'timed-out',
];

/** Returns whether a failover failed, rather than having been refused before it began. */
export function isFailed(outcome: FailoverOutcome): boolean {
  return FAILED_OUTCOMES.includes(outcome);
}

/** Returns whether the checks found no reason or no way to begin: its trigger then starts no cool-down. */
export function isTurnedAway(outcome: FailoverOutcome): boolean {
  return outcome === 'refused' || outcome === 'suppressed';
}
