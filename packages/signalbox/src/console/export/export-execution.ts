import { allPages } from '../../core/all-pages.ts';

/** Calls an action of AWS's. */
export type CallAws = (service: string, action: string, input: object) => Promise<object>;

/** An execution as AWS describes it, and its whole history. */
export interface ExportedExecution {
  /** What DescribeExecution returns. */
  readonly execution: object;
  /** What GetExecutionHistory returns, all of its pages as one. */
  readonly history: { readonly events: readonly object[] };
}

/** A page of GetExecutionHistory. */
interface HistoryPage {
  readonly events?: readonly object[];
  readonly nextToken?: string;
}

const PAGE = 1000;

/**
 * Reads an execution and its whole history by AWS's actions alone.
 *
 * @param call Calls an action of AWS's.
 * @returns Both as AWS returns them.
 * @throws {Error} With AWS's own name, when it refuses.
 */
export async function exportExecution(
  call: CallAws,
  executionArn: string,
): Promise<ExportedExecution> {
  const { $metadata, ...execution }: { readonly $metadata?: unknown } = await call(
    'states',
    'DescribeExecution',
    { executionArn },
  );
  const about = { executionArn, maxResults: PAGE, includeExecutionData: true };
  const events = await allPages(
    (nextToken): Promise<HistoryPage> =>
      call('states', 'GetExecutionHistory', { ...about, nextToken }),
    (page) => ({ items: page.events, next: page.nextToken }),
  );
  return { execution, history: { events } };
}
