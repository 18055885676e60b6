import type { HistoryEvent } from '@aws-sdk/client-sfn';

/** The flaws in the history of an execution that has ended with `status`. */
export function flawsOf(
  events: readonly HistoryEvent[],
  status: string | undefined,
): readonly string[] {
  const endings = events.filter(({ type = '' }) => ENDING.test(type));
  const last = endings.at(-1)?.type?.replace('Execution', '').toUpperCase();
  return [
    ...events.flatMap((event, index) => flawsOfEvent(event, events[index - 1])),
    ...(events[0]?.type === 'ExecutionStarted' ? [] : ['does not begin with ExecutionStarted']),
    ...(endings.length === 1 && endings[0] === events.at(-1) ? [] : ['does not end once, at last']),
    ...(last === status?.replace('_', '') ? [] : [`ends as ${last}, and is ${status}`]),
  ];
}

const ENDING = /^Execution(Succeeded|Failed|TimedOut|Aborted)$/;

function flawsOfEvent(
  { id = 0, previousEventId = 0, timestamp }: HistoryEvent,
  before: HistoryEvent | undefined,
): readonly string[] {
  return [
    ...(id === (before?.id ?? 0) + 1 ? [] : [`event ${id} follows event ${before?.id}`]),
    ...(previousEventId < id ? [] : [`event ${id} points on to ${previousEventId}`]),
    ...((timestamp ?? 0) >= (before?.timestamp ?? 0) ? [] : [`event ${id} is earlier than before`]),
  ];
}
