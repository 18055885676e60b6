import type { FailoverOutcome } from '../../../functions/failover/failover-outcome.ts';
import { isJsonObject, type Json } from '../../../packages/signalbox/src/core/json.ts';
import { indexOfEntry, type ReadFailover, readFailovers } from './folds.ts';
import type { Observation, SeenExecution } from './observation.ts';

/** The outcomes that go with the error of an execution that failed. */
const OUTCOMES_OF_ERRORS: Readonly<Record<string, readonly FailoverOutcome[]>> = {
  FailoverRolledBackError: ['rolled-back'],
  FailoverNeedsPersonError: ['needs-person'],
  FailoverLockedError: ['locked'],
  PreCheckFailedError: ['refused'],
  ApprovalDeniedError: ['denied'],
  ApprovalTimedOut: ['denied'],
};

/** Errors that a run may end with: anything else is a mistake of the workflow or of a function. */
const KNOWN_ERRORS = new Set([
  ...Object.keys(OUTCOMES_OF_ERRORS),
  'InvalidFailoverRequestError',
  'UnknownScenarioError',
  'LockContentionError',
  'RoutingControlsUnreachableError',
  'ObjectUnreadableError',
  // The faults that the test itself injects.
  'InternalFailure',
  'Lambda.ServiceException',
  'Throttling',
  'ThrottlingException',
  'ResourceContention',
  'ResourceContentionFault',
  'ServiceUnavailable',
  'SlowDown',
  'AccessDenied',
  'NoSuchBucket',
]);

/** Says where an execution's status and the recorded outcome are at odds. */
export function checkAgreement(observation: Observation): readonly string[] {
  const failovers = readFailovers(observation);
  return observation.executions.flatMap((execution) => {
    const own = failovers.find(({ executionArn }) => executionArn === execution.executionArn);
    const wrongs = wrongsOf(execution, own, observation);
    return wrongs.map((wrong) => `${execution.failoverId} (${execution.status}) ${wrong}`);
  });
}

function wrongsOf(
  execution: SeenExecution,
  own: ReadFailover | undefined,
  observation: Observation,
): readonly string[] {
  const recorded = own?.record?.outcome;
  switch (execution.status) {
    case 'SUCCEEDED': {
      const { output } = execution;
      const told = isJsonObject(output) ? output['outcome'] : undefined;
      const isAlike = own === undefined ? isHarmless(told) : told === recorded;
      return isAlike ? [] : [`says ${told}, and ${recorded} is recorded`];
    }
    case 'FAILED':
      return failureWrongs(execution, recorded);
    case 'ABORTED':
      return stoppedWrongs(execution, own, 'aborted', observation);
    case 'TIMED_OUT':
      return stoppedWrongs(execution, own, 'timed-out', observation);
    default:
      return [];
  }
}

/** The ends that are good without a claim of their own. */
function isHarmless(told: unknown): boolean {
  return told === 'duplicate' || told === 'suppressed';
}

function failureWrongs(
  { error = '', cause = '' }: SeenExecution,
  recorded: FailoverOutcome | undefined,
): readonly string[] {
  if (error === 'FailoverNotClosedError') return notClosedWrongs(cause, recorded);
  const outcomes = OUTCOMES_OF_ERRORS[error];
  const isAlike = recorded === undefined || outcomes === undefined || outcomes.includes(recorded);
  const endedWell = recorded === 'completed' || recorded === 'dry-run';
  return [
    ...(isAlike && !endedWell ? [] : [`failed by ${error}, and ${recorded} is recorded`]),
    ...(KNOWN_ERRORS.has(error) ? [] : [`failed by ${error}: ${cause.slice(0, 300)}`]),
  ];
}

/** An end that the workflow could not write down, even a good one, is written by who hears of its failure. */
function notClosedWrongs(cause: string, recorded: FailoverOutcome | undefined): readonly string[] {
  const request: Json = JSON.parse(cause);
  const told = isJsonObject(request) ? request['outcome'] : undefined;
  return told === recorded ? [] : [`asked to be closed as ${told}, and ${recorded} is recorded`];
}

/**
 * A run that was stopped is recorded as such, unless the workflow itself had closed it, or was about
 * to; one that was stopped before it knew that it was a duplicate is the other execution's to record.
 */
function stoppedWrongs(
  execution: SeenExecution,
  own: ReadFailover | undefined,
  outcome: 'aborted' | 'timed-out',
  observation: Observation,
): readonly string[] {
  if (own?.record === undefined) {
    const isAnothers = readFailovers(observation).some(
      (one) => one.failoverId === execution.failoverId && one.record !== undefined,
    );
    return isAnothers ? [] : ['is not closed'];
  }
  const { executionArn } = execution;
  const { facts } = observation;
  const { failoverId, record } = own;
  if (record.outcome === outcome) return [];
  const closedAt = indexOfEntry(facts, failoverId, 'closed') ?? Number.POSITIVE_INFINITY;
  const isToldByWorkflow = facts.some(
    (fact) =>
      (fact.kind === 'stopped' && fact.executionArn === executionArn && closedAt < fact.index) ||
      (fact.kind === 'function' &&
        fact.failoverId === failoverId &&
        fact.outcome === record.outcome),
  );
  return isToldByWorkflow ? [] : [`is recorded as ${record.outcome}`];
}
