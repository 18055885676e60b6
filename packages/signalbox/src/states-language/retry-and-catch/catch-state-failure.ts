import type { Eventual } from '../eventual.ts';
import { causeOf, record, type Visit } from '../run.ts';
import { StateFailure } from '../state-failure.ts';
import type { StateOutcome } from '../state-outcome.ts';
import type { TaskFailure } from '../task-result.ts';

/** The one place where a failure from deep inside becomes a value; other errors are bugs and go on up. */
export function catchStateFailure(
  visit: Visit,
  attempt: () => Eventual<StateOutcome>,
): Eventual<StateOutcome> {
  try {
    const outcome = attempt();
    return outcome instanceof Promise
      ? outcome.catch((error: unknown) => toFailure(error, visit))
      : outcome;
  } catch (error) {
    return toFailure(error, visit);
  }
}

function toFailure(error: unknown, visit: Visit): TaskFailure {
  if (!(error instanceof StateFailure)) throw error;
  const failure = { error: error.error, cause: causeOf(error, visit) };
  if (error.location !== undefined) {
    const { location } = error;
    const { branch } = visit.run;
    // AWS: an expression that fails on entering a state links past the event that entered it.
    if (error.isQuery && branch.lastEventId === visit.enteredEventId) {
      branch.moveTo(visit.previousEventId);
    }
    record(visit.run, { type: 'EvaluationFailed', ...failure, location, state: visit.stateName });
  }
  return { kind: 'failed', ...failure };
}
