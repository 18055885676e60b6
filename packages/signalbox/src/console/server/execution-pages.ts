import type { ListExecutionsOutput } from '@aws-sdk/client-sfn';
import type { ConsoleCall } from './console-options.ts';

/** Pages of a list of executions. */
export interface PageSizes {
  readonly pageSize: number;
  /** No page follows once so many are listed. */
  readonly limit: number;
}

/** Lists the executions of a state machine page by page, the newest first. */
export async function* executionPages(
  call: ConsoleCall,
  stateMachineArn: string,
  { pageSize, limit }: PageSizes,
): AsyncGenerator<NonNullable<ListExecutionsOutput['executions']>> {
  const maxResults = Math.min(pageSize, limit);
  let nextToken: string | undefined;
  let count = 0;
  do {
    const input = { stateMachineArn, maxResults, nextToken };
    const page: Partial<ListExecutionsOutput> = await call('states', 'ListExecutions', input);
    const { executions = [] } = page;
    yield executions;
    count += executions.length;
    nextToken = page.nextToken;
  } while (nextToken !== undefined && count < limit);
}
