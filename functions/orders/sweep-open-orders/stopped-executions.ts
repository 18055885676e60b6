import {
  type ExecutionListItem,
  paginateListExecutions,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { LONGEST_RUN_MS, type StoppedExecution, WINDOW_MS } from './reconciliation-name.ts';

/**
 * The executions of order-processing that were stopped, or ran out of time, within the window. They run
 * no Catch: what they left, an order that was never written among it, is nobody's but the event's.
 */
export async function readStopped(
  client: SFNClient,
  stateMachineArn: string,
  nowMs: number,
): Promise<readonly StoppedExecution[]> {
  const stopped: StoppedExecution[] = [];
  for (const statusFilter of ['ABORTED', 'TIMED_OUT'] as const) {
    const pages = paginateListExecutions({ client }, { stateMachineArn, statusFilter });
    for await (const { executions = [] } of pages) {
      const read = executions.map(toStopped);
      stopped.push(...read.filter(({ endedAtMs }) => nowMs - endedAtMs <= WINDOW_MS));
      // The newest start comes first: what began before this has ended before the window.
      if (read.some(({ startedAtMs }) => nowMs - startedAtMs > LONGEST_RUN_MS + WINDOW_MS)) break;
    }
  }
  return stopped;
}

function toStopped({
  executionArn = '',
  name = '',
  startDate,
  stopDate,
}: ExecutionListItem): StoppedExecution {
  const startedAtMs = startDate?.getTime() ?? 0;
  return { executionArn, name, startedAtMs, endedAtMs: stopDate?.getTime() ?? startedAtMs };
}
