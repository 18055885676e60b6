import { type InferOutput, picklist } from 'valibot';

/** How a failover may end. A duplicate has no end of its own: another execution has it. */
export const OutcomeSchema = picklist([
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

/** How a failover ended. */
export type Outcome = InferOutput<typeof OutcomeSchema>;

/** The ends after which somebody has to look: something was begun and did not come to its end. */
const FAILED_OUTCOMES: readonly Outcome[] = [
  'rolled-back',
  'needs-person',
  'failed',
  'aborted',
  'timed-out',
];

/** Tells whether a failover failed, rather than having been refused before it began. */
export function isFailed(outcome: Outcome): boolean {
  return FAILED_OUTCOMES.includes(outcome);
}

/** Tells whether the checks found no reason or no way to begin: its trigger then starts no cool-down. */
export function isTurnedAway(outcome: Outcome): boolean {
  return outcome === 'refused' || outcome === 'suppressed';
}
