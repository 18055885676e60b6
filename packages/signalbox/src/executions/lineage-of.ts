import { AwsError } from '../core/aws-error.ts';
import { passBy } from '../core/lineage.ts';
import type { Recursions } from '../core/recursions.ts';

/**
 * The most executions of one machine that come of one another. A workflow may go on in a new execution
 * before its history is full; one that starts itself for ever is stopped.
 */
export const MOST_STARTS = 100;

/** The trace header for what an execution may start in its turn. */
export function lineageOf(traceHeader: string | undefined, stateMachineArn: string): string {
  return passBy(traceHeader, rootOf(stateMachineArn)).traceHeader;
}

/**
 * Refuses the start of a machine by itself, if it is one too many: one of another, or beside the others.
 * @throws {AwsError} `ExecutionLimitExceeded`.
 */
export function requireEndingLoop(
  traceHeader: string | undefined,
  stateMachineArn: string,
  recursions: Recursions,
): void {
  const { earlier } = passBy(traceHeader, rootOf(stateMachineArn));
  if (earlier >= MOST_STARTS) {
    throw refused(`starts itself, ${MOST_STARTS} times over by now: the loop ends here`);
  }
  if (earlier > 0 && !recursions.take(traceHeader, rootOf(stateMachineArn))) {
    throw refused(
      `was started ${recursions.most} times by what it started itself: no more of them`,
    );
  }

  function refused(what: string): AwsError {
    return new AwsError('ExecutionLimitExceeded', `The state machine ${stateMachineArn} ${what}`);
  }
}

/** The child executions of a Map are their parent's work. */
function rootOf(stateMachineArn: string): string {
  return stateMachineArn.split('/')[0] ?? stateMachineArn;
}
