import type { Json } from '../../core/json.ts';
import type { HistoryEvent } from '../../history/history-event.ts';
import { HEARTBEAT_ALIAS } from '../../states-language/retry-and-catch/with-retry-and-catch.ts';
import type { Past, PastAttempt, PastRetry } from '../../states-language/starting-point.ts';
import type { NamedFailure, TaskFailure, TaskResult } from '../../states-language/task-result.ts';
import { findToken } from '../task-tokens.ts';

/** What is known of an execution beyond its history. */
export interface PastExecution {
  readonly executionArn: string;
  /** The retries of a Parallel or a Map as a whole since it was entered, oldest first. */
  retriesOf(enteredEventId: number): readonly PastRetry[];
}

/** Collects what happened in a state since it was entered, by the links of the events. */
export function pastOf(
  entered: HistoryEvent,
  events: readonly HistoryEvent[],
  { executionArn, retriesOf }: PastExecution,
): Past {
  if (entered.type === 'ParallelStateEntered' || entered.type === 'MapStateEntered') {
    const retries = retriesOf(entered.id);
    return { attempts: [], retries, lastEventId: attemptAt(entered, retries, events) };
  }
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
  return { attempts, retries: [], lastEventId };
}

/** The event with which the last attempt at a Parallel or a Map began, or to which the next one links. */
function attemptAt(
  entered: HistoryEvent,
  retries: readonly PastRetry[],
  events: readonly HistoryEvent[],
): number {
  const after = retries.at(-1)?.lastEventId ?? entered.id;
  const started = events.findLast(
    ({ type, previousEventId }) =>
      (type === 'ParallelStateStarted' || type === 'MapStateStarted') && previousEventId === after,
  );
  return started?.id ?? after;
}

/** The attempts after an event; undefined for an event that is none of a task's. */
function withEvent(
  attempts: readonly PastAttempt[],
  event: HistoryEvent,
  executionArn: string,
): readonly PastAttempt[] | undefined {
  const changeLast = (change: Partial<PastAttempt>): readonly PastAttempt[] =>
    attempts.map((one, at) => (at === attempts.length - 1 ? { ...one, ...change } : one));
  const end = (result: TaskResult | NamedFailure) =>
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
    case 'TaskStartFailed':
    case 'TaskSubmitFailed':
    case 'LambdaFunctionFailed':
    case 'LambdaFunctionScheduleFailed':
    case 'LambdaFunctionStartFailed':
    case 'ActivityFailed':
    case 'ActivityScheduleFailed':
      return end({ kind: 'failed', error: event.error, cause: event.cause });
    case 'TaskTimedOut':
    case 'LambdaFunctionTimedOut':
    case 'ActivityTimedOut': {
      const failure = { kind: 'failed', error: event.error, cause: event.cause } as const;
      return end(timedOut(failure, event.timestamp, attempts.at(-1)));
    }
    default:
      return undefined;
  }
}

/** AWS: a lapsed heartbeat reads States.Timeout in the history; it comes before the time limit. */
function timedOut(
  failure: TaskFailure,
  at: string,
  attempt: PastAttempt | undefined,
): NamedFailure {
  if (attempt === undefined || attempt.limits.heartbeatSeconds === undefined) return failure;
  const { scheduledAt, limits } = attempt;
  const lastedMs = Date.parse(at) - scheduledAt.getTime();
  const isWithinLimit = lastedMs < (limits.timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000;
  return isWithinLimit ? { ...failure, alias: HEARTBEAT_ALIAS } : failure;
}

interface Scheduling {
  readonly taskCredentials?: { readonly roleArn: string } | undefined;
  readonly timeoutInSeconds?: number | undefined;
  readonly heartbeatInSeconds?: number | undefined;
}

function begun(
  event: HistoryEvent & Scheduling,
  parameters: Json,
  executionArn: string,
): PastAttempt {
  return {
    scheduledAt: new Date(event.timestamp),
    limits: {
      timeoutSeconds: event.timeoutInSeconds,
      heartbeatSeconds: event.heartbeatInSeconds,
    },
    parameters,
    roleArn: event.taskCredentials?.roleArn,
    taskToken: findToken(executionArn, parameters),
    submitted: undefined,
    isTaken: false,
    end: undefined,
  };
}
