import type { Json } from '../../core/json.ts';
import type { HistoryFact } from '../../history/history-event.ts';
import { type Run, record } from '../run.ts';
import type { TaskFailure, TaskResult } from '../task-result.ts';
import type { AttemptEnd } from './within-limits.ts';

/** The error and cause of a failure, as an event holds them. */
export type ErrorAndCause = Pick<TaskFailure, 'error' | 'cause'>;

/** The events by which attempts at one kind of task end. */
export interface AttemptEvents {
  succeeded(output: Json): HistoryFact;
  failed(failure: ErrorAndCause, stage: TaskFailure['stage']): HistoryFact;
  timedOut(failure: ErrorAndCause): HistoryFact;
}

/** Records how an attempt at a task ended, and returns its result; nothing is recorded of an abort. */
export function recordAttempt(
  run: Run,
  end: AttemptEnd,
  events: AttemptEvents,
): TaskResult | 'aborted' {
  if (end === 'aborted') return end;
  switch (end.kind) {
    case 'succeeded':
      record(run, events.succeeded(end.output));
      return end;
    case 'failed':
      record(run, events.failed({ error: end.error, cause: end.cause }, end.stage));
      return end;
    case 'timed out': {
      const { error, cause } = end.failure;
      record(run, events.timedOut({ error, cause }));
      return end.failure;
    }
  }
}
