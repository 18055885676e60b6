import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { tokenIn } from '../history/steps/task-token.ts';

/**
 * Finds the token of the last task of a history that was handed one and has no result yet.
 * A token shows in the history where the definition puts it into the task's arguments.
 */
export function pendingToken(events: readonly HistoryEvent[]): string | undefined {
  const completed = new Set(
    events
      .filter(({ type }) => /^Task(Succeeded|Failed|TimedOut)$/.test(type ?? ''))
      .map(rootOf(events)),
  );
  return events
    .filter(({ taskScheduledEventDetails }) =>
      taskScheduledEventDetails?.resource?.endsWith('.waitForTaskToken'),
    )
    .filter(({ id }) => !completed.has(id))
    .map(({ taskScheduledEventDetails }) => tokenIn(taskScheduledEventDetails?.parameters))
    .findLast((token) => token !== undefined);
}

/** The id of the TaskScheduled event that an event goes back to. */
function rootOf(events: readonly HistoryEvent[]): (event: HistoryEvent) => number | undefined {
  const byId = new Map(events.map((event) => [event.id, event]));
  return (event) => {
    let at: HistoryEvent | undefined = event;
    while (at !== undefined && at.type !== 'TaskScheduled') at = byId.get(at.previousEventId);
    return at?.id;
  };
}
