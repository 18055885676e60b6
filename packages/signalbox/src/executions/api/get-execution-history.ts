import type { GetExecutionHistoryInput, GetExecutionHistoryOutput } from '@aws-sdk/client-sfn';
import { pageToken } from '../../core/page-of.ts';
import { toAws } from '../../history/to-aws.ts';
import { pageSize, startOfPage } from '../paging.ts';
import type { StatesContext } from '../states-context.ts';
import { findExecution } from './executions.ts';

/** GetExecutionHistory: a page costs what its events cost, wherever in the history it is. */
export function getExecutionHistory(
  context: StatesContext,
  input: GetExecutionHistoryInput,
): GetExecutionHistoryOutput {
  const { header, eventCount } = findExecution(context, input.executionArn);
  const size = pageSize(input.maxResults);
  const { reverseOrder = false, nextToken } = input;
  const list = reverseOrder ? 'latest' : 'history';
  // The id of the page's first event; backwards, that of its last.
  const start = startOfPage(list, nextToken, { start: reverseOrder ? eventCount : 1 });
  const firstId = reverseOrder ? Math.max(start - size + 1, 1) : start;
  const count = reverseOrder ? start - firstId + 1 : size;
  const events = context.store.events(header.executionArn, firstId, count);
  const options = { includeExecutionData: input.includeExecutionData ?? true };
  const shown = events.map((event) => toAws(event, options));
  const next = reverseOrder ? firstId - 1 : firstId + shown.length;
  const isMore = reverseOrder ? next > 0 : next <= eventCount;
  return {
    events: reverseOrder ? shown.reverse() : shown,
    ...(isMore ? { nextToken: pageToken(list, next) } : {}),
  };
}
