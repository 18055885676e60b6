import { type HistoryEvent, paginateGetExecutionHistory, SFNClient } from '@aws-sdk/client-sfn';

const client = new SFNClient({});

/**
 * Asks an execution whether its last wait for a decision was ended by one. A token that is "gone" may
 * be so because an earlier attempt has delivered the decision and its response was lost.
 */
export async function askWhetherHeard(
  executionArn: string,
  by: 'lambda' | 'sqs' = 'lambda',
): Promise<boolean> {
  const events: HistoryEvent[] = [];
  const history = { executionArn, includeExecutionData: false };
  for await (const page of paginateGetExecutionHistory({ client }, history)) {
    events.push(...(page.events ?? []));
  }
  return hasHeard(events, by);
}

/** Says whether the last wait for a function's token ended by an answer, and not by its time limit. */
export function hasHeard(
  events: readonly HistoryEvent[],
  by: 'lambda' | 'sqs' = 'lambda',
): boolean {
  const wait = events.findLast(
    ({ taskSubmittedEventDetails: task }) =>
      task?.resourceType === by && task.resource?.endsWith('.waitForTaskToken') === true,
  );
  const end = events.find(({ previousEventId }) => previousEventId === wait?.id);
  return wait !== undefined && (end?.type === 'TaskSucceeded' || end?.type === 'TaskFailed');
}
