import { setTimeout as delay } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { exitCodeOf } from './exit-code.ts';
import { cellsOf, historyRows } from './history-row.ts';
import type { Layout } from './print/output.ts';
import { paintStatus } from './print/paint-status.ts';
import { cut } from './print/table.ts';
import type { Session } from './session.ts';

const POLL_MS = 500;

/** Room for the type of an event. */
const TYPE_WIDTH = 26;

/**
 * Prints the events of an execution as they happen, until it ends.
 * @returns The exit code of its status.
 */
export async function followExecution(
  session: Session,
  client: SFNClient,
  executionArn: string,
): Promise<number> {
  const seen: HistoryEvent[] = [];
  let nextToken: string | undefined;
  for (;;) {
    const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
    const from = seen.length;
    // A token of a live history leads on to what came since; without one the last page is read again.
    do {
      const page = await readPage(client, executionArn, nextToken);
      seen.push(...(page.events ?? []).filter(({ id = 0 }) => id > seen.length));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    print(session, seen, from);
    if (status !== 'RUNNING') return exitCodeOf(status);
    await delay(POLL_MS);
  }
}

function readPage(client: SFNClient, executionArn: string, nextToken: string | undefined) {
  const input = { executionArn, includeExecutionData: true, maxResults: 1000 };
  return client.send(
    new GetExecutionHistoryCommand(nextToken === undefined ? input : { ...input, nextToken }),
  );
}

function print({ output }: Session, events: readonly HistoryEvent[], from: number): void {
  const startedMs = events[0]?.timestamp?.getTime() ?? 0;
  for (const row of historyRows(events).slice(from)) {
    output.item(row.event, lineOf(cellsOf(row, startedMs), output.layout));
  }
}

/** One event on one line, as wide as the terminal; columns of a fixed width, since more may follow. */
function lineOf(cells: readonly string[], { width, colour }: Layout): string {
  const [id = '', type = '', step = '', , after = '', detail = ''] = cells;
  const before = `${id.padStart(5)}  ${after.padEnd(10)}  `;
  const rest = `  ${step.padEnd(22)}  ${detail}`.trimEnd();
  const room = Math.max(0, width - before.length - TYPE_WIDTH);
  return `${before}${paintStatus(type, colour)}${' '.repeat(Math.max(0, TYPE_WIDTH - type.length))}${cut(rest, room)}`.trimEnd();
}
