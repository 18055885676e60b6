import { describeExecution } from '../executions/execution-description.ts';
import type { HistoryEvent } from '../history/history-event.ts';
import type { StoredExecution } from '../history/store.ts';
import type { ExecutionResult } from './scenario-result.ts';
import type { Stage } from './stage.ts';

/** Tells what came of an execution so far, with the names and values that DescribeExecution has. */
export function executionResult(
  { histories, now }: Pick<Stage, 'histories' | 'now'>,
  stored: StoredExecution,
): ExecutionResult {
  const { executionArn, name, stateMachineName: stateMachine } = stored.header;
  const events = histories.events(executionArn, 1, stored.eventCount);
  const { status = '', error, cause, input, output } = describeExecution(stored, now());
  return {
    ...{ executionArn, name, stateMachine, status, error, cause },
    input: JSON.parse(input ?? 'null'),
    output: JSON.parse(output ?? 'null'),
    path: events.flatMap(enteredState),
    durationMs: durationOf(stored, events),
  };
}

function enteredState(event: HistoryEvent): readonly string[] {
  return event.type.endsWith('StateEntered') && 'name' in event ? [event.name] : [];
}

function durationOf({ header, summary }: StoredExecution, events: readonly HistoryEvent[]): number {
  const end = summary.stoppedAt ?? events.at(-1)?.timestamp ?? header.startDate;
  return Date.parse(end) - Date.parse(header.startDate);
}
