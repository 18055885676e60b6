import type { Json } from '../../core/json.ts';
import type { HistoryEvent } from '../../history/history-event.ts';
import type { Past, PastAttempt } from '../../states-language/starting-point.ts';
import type { TaskResult } from '../../states-language/task-result.ts';
import { findToken } from '../task-tokens.ts';

/** Collects what happened in a state since it was entered, by the links of the events. */
export function pastOf(
  entered: HistoryEvent,
  events: readonly HistoryEvent[],
  executionArn: string,
): Past {
  const linked = new Set([entered.id]);
  let attempts: readonly PastAttempt[] = [];
  let lastEventId = entered.id;
  for (const event of events) {
    if (event.id <= entered.id) continue;
    if (event.type !== 'ExecutionRedriven' && !linked.has(event.previousEventId)) continue;
    const changed = withEvent(attempts, event, executionArn);
    if (changed === undefined) continue;
    attempts = changed;
    linked.add(event.id);
    lastEventId = event.id;
  }
  return { attempts, lastEventId };
}

/** The attempts after an event; undefined for an event that is none of a task's. */
function withEvent(
  attempts: readonly PastAttempt[],
  event: HistoryEvent,
  executionArn: string,
): readonly PastAttempt[] | undefined {
  const changeLast = (change: Partial<PastAttempt>): readonly PastAttempt[] =>
    attempts.map((one, at) => (at === attempts.length - 1 ? { ...one, ...change } : one));
  const end = (result: TaskResult) =>
    changeLast({ end: { result, at: new Date(event.timestamp) } });
  switch (event.type) {
    case 'ExecutionRedriven':
      return [];
    case 'TaskScheduled':
      return [...attempts, begun(event, event.parameters, executionArn)];
    case 'LambdaFunctionScheduled':
    case 'ActivityScheduled':
      return [...attempts, begun(event, event.input, executionArn)];
    case 'TaskStarted':
    case 'LambdaFunctionStarted':
      return attempts;
    case 'ActivityStarted':
      return changeLast({ isTaken: true });
    case 'TaskSubmitted':
      return changeLast({ submitted: event.output });
    case 'TaskSucceeded':
    case 'LambdaFunctionSucceeded':
    case 'ActivitySucceeded':
      return end({ kind: 'succeeded', output: event.output });
    case 'TaskFailed':
    case 'TaskTimedOut':
    case 'TaskStartFailed':
    case 'TaskSubmitFailed':
    case 'LambdaFunctionFailed':
    case 'LambdaFunctionTimedOut':
    case 'LambdaFunctionScheduleFailed':
    case 'LambdaFunctionStartFailed':
    case 'ActivityFailed':
    case 'ActivityTimedOut':
    case 'ActivityScheduleFailed':
      return end({ kind: 'failed', error: event.error, cause: event.cause });
    default:
      return undefined;
  }
}

function begun(
  event: HistoryEvent & { readonly taskCredentials?: { readonly roleArn: string } | undefined },
  parameters: Json,
  executionArn: string,
): PastAttempt {
  return {
    scheduledAt: new Date(event.timestamp),
    parameters,
    roleArn: event.taskCredentials?.roleArn,
    taskToken: findToken(executionArn, parameters),
    submitted: undefined,
    isTaken: false,
    end: undefined,
  };
}
