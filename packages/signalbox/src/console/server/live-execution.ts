import type { GetExecutionHistoryOutput, HistoryEvent } from '@aws-sdk/client-sfn';
import type { ConsoleCall } from './console-options.ts';
import type { EventStream } from './event-stream.ts';
import type { ExecutionChanges } from './execution-changes.ts';
import { toJsonText } from './json-wire.ts';

const PAGE = 1000;

/** An execution that a page follows. */
export interface LiveExecutionOptions {
  readonly executionArn: string;
  /** The last event that the page has; 0 for none. */
  readonly lastEventId: number;
  readonly call: ConsoleCall;
  readonly changes: ExecutionChanges;
}

/**
 * Sends an execution's description and its events after the last one that the page has, and goes on
 * as it changes. A client that comes back goes on after the id of its last message.
 */
export async function followExecution(
  stream: EventStream,
  { executionArn, lastEventId, call, changes }: LiveExecutionOptions,
): Promise<void> {
  let last = lastEventId;
  let isReading = false;
  let isAskedAgain = false;

  function send(events: readonly HistoryEvent[]): void {
    const fresh = events.filter(({ id = 0 }) => id > last);
    if (fresh.length === 0) return;
    last = fresh.at(-1)?.id ?? last;
    stream.send('events', toJsonText(fresh), String(last));
  }

  async function readAll(): Promise<void> {
    let nextToken: string | undefined;
    do {
      const page = await historyPage(call, { executionArn, maxResults: PAGE, nextToken });
      send(page.events ?? []);
      nextToken = page.nextToken;
      // A long history neither piles up here nor keeps others waiting.
      await stream.turn();
    } while (nextToken !== undefined && stream.isOpen);
  }

  /** Only what is new: the newest events first, until one is known. */
  async function readNew(): Promise<void> {
    const found: HistoryEvent[] = [];
    let nextToken: string | undefined;
    do {
      const input = { executionArn, maxResults: PAGE, reverseOrder: true, nextToken };
      const page = await historyPage(call, input);
      found.push(...(page.events ?? []));
      nextToken = (found.at(-1)?.id ?? 0) > last + 1 ? page.nextToken : undefined;
    } while (nextToken !== undefined);
    send(found.reverse());
  }

  async function describe(): Promise<void> {
    stream.send(
      'described',
      toJsonText(await call('states', 'DescribeExecution', { executionArn })),
    );
  }

  async function read(): Promise<void> {
    if (last === 0) await readAll();
    else await readNew();
    await describe();
  }

  /** One reading at a time; a change meanwhile is read after it. */
  async function readAgain(): Promise<void> {
    if (isReading) {
      isAskedAgain = true;
      return;
    }
    isReading = true;
    try {
      do {
        isAskedAgain = false;
        await read();
      } while (isAskedAgain && stream.isOpen);
    } finally {
      isReading = false;
    }
  }

  const fail = (error: unknown) => stream.send('failed', errorText(error));
  stream.onClose(changes.of(executionArn, () => void readAgain().catch(fail)));
  await describe();
  await readAgain();
}

/** Writes an error as the page shows it. */
export function errorText(error: unknown): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return JSON.stringify({ name, message });
}

async function historyPage(
  call: ConsoleCall,
  input: object,
): Promise<Partial<GetExecutionHistoryOutput>> {
  return call('states', 'GetExecutionHistory', { ...input, includeExecutionData: true });
}
