import type { Json } from '../core/json.ts';
import type { HistoryEvent } from './history-event.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** The summary of a history. */
export interface Summary {
  readonly status: ExecutionStatus;
  readonly input: Json | undefined;
  readonly output: Json | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** ISO 8601; undefined before the first event. */
  readonly startedAt: string | undefined;
  /** ISO 8601; undefined while the execution runs. */
  readonly stoppedAt: string | undefined;
  readonly redriveCount: number;
  readonly redrivenAt: string | undefined;
}

/** The summary of an empty history. */
export const EMPTY_SUMMARY: Summary = {
  status: 'RUNNING',
  input: undefined,
  output: undefined,
  error: undefined,
  cause: undefined,
  startedAt: undefined,
  stoppedAt: undefined,
  redriveCount: 0,
  redrivenAt: undefined,
};

/** Folds a whole history. */
export function summarize(events: Iterable<HistoryEvent>): Summary {
  let summary = EMPTY_SUMMARY;
  for (const event of events) summary = addToSummary(summary, event);
  return summary;
}

/** Folds one more event; returns the same object where the event changes nothing. */
export function addToSummary(summary: Summary, event: HistoryEvent): Summary {
  const at = event.timestamp;
  switch (event.type) {
    case 'ExecutionStarted':
      return { ...summary, input: event.input, startedAt: at };
    case 'ExecutionSucceeded':
      return { ...summary, status: 'SUCCEEDED', output: event.output, stoppedAt: at };
    case 'ExecutionFailed':
      return ended(summary, 'FAILED', event);
    case 'ExecutionTimedOut':
      return ended(summary, 'TIMED_OUT', event);
    case 'ExecutionAborted':
      return ended(summary, 'ABORTED', event);
    case 'ExecutionRedriven':
      return {
        ...summary,
        status: 'RUNNING',
        error: undefined,
        cause: undefined,
        stoppedAt: undefined,
        redriveCount: event.redriveCount,
        redrivenAt: at,
      };
    default:
      return summary;
  }
}

function ended(
  summary: Summary,
  status: ExecutionStatus,
  event: { readonly error?: string | undefined; readonly cause?: string | undefined } & Pick<
    HistoryEvent,
    'timestamp'
  >,
): Summary {
  return { ...summary, status, error: event.error, cause: event.cause, stoppedAt: event.timestamp };
}
