import type { TestStateOutput } from '@aws-sdk/client-sfn';
import { jsonText } from '../../core/exact-json/exact-number.ts';
import type { State } from '../../states-language/ast.ts';
import { coversError, type ErrorNames } from '../../states-language/error-names.ts';
import { findCatcher, leaveCaught } from '../../states-language/retry-and-catch/catch.ts';
import { retryDelayMs } from '../../states-language/retry-and-catch/retry.ts';
import type { Visit } from '../../states-language/run.ts';
import type { StateOutcome } from '../../states-language/state-outcome.ts';
import type { NamedFailure } from '../../states-language/task-result.ts';
import type { Inspection } from './inspection.ts';

/** Says what a test came to: a state that fails is retriable before it is caught. */
export async function conclude(
  state: State,
  visit: Visit,
  outcome: Exclude<StateOutcome, { kind: 'aborted' }> | NamedFailure,
  inspection: Inspection,
): Promise<TestStateOutput> {
  switch (outcome.kind) {
    case 'next':
      return {
        status: 'SUCCEEDED',
        output: jsonText(outcome.output),
        nextState: outcome.state,
      };
    case 'succeeded':
      return { status: 'SUCCEEDED', output: jsonText(outcome.output) };
    case 'failed':
      return concludeFailure(state, visit, outcome, inspection);
  }
}

async function concludeFailure(
  state: State,
  visit: Visit,
  failure: NamedFailure,
  inspection: Inspection,
): Promise<TestStateOutput> {
  const { error, cause, alias, isFromTask = false } = failure;
  const said = {
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
  if (state.type !== 'Task' && state.type !== 'Map' && state.type !== 'Parallel') {
    return { status: 'FAILED', ...said };
  }
  const names: ErrorNames = { names: alias === undefined ? [error] : [alias, error], isFromTask };
  const retryIndex = state.retriers.findIndex(({ errorEquals }) => coversError(errorEquals, names));
  const retrier = state.retriers[retryIndex];
  if (retrier !== undefined && visit.retryCount < retrier.maxAttempts) {
    const delayMs = retryDelayMs(retrier, visit.retryCount, visit.run.ports.random);
    inspection.errorDetails = { retryIndex, retryBackoffIntervalSeconds: delayMs / 1000 };
    return { status: 'RETRIABLE', ...said };
  }
  // AWS: a rule of Retry that is used up is named too.
  if (retrier !== undefined) inspection.errorDetails = { retryIndex };
  const catcher = findCatcher(state.catchers, names);
  if (catcher === undefined) return { status: 'FAILED', ...said };
  inspection.errorDetails = { catchIndex: state.catchers.indexOf(catcher) };
  const { output, assigned } = await leaveCaught(catcher, failure, visit);
  if (assigned !== undefined) visit.run.variables.assign(assigned);
  return {
    status: 'CAUGHT_ERROR',
    ...said,
    output: jsonText(output),
    nextState: catcher.next,
  };
}
