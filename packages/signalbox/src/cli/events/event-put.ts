import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import type { AddCommand } from '../add-command.ts';
import { entriesOf } from '../event-entries.ts';
import { tableOf } from '../print/table.ts';
import { readJsonArgument } from '../read-json-argument.ts';
import { stackBus } from '../stack-bus.ts';

/** Entries that one PutEvents call takes. */
const BATCH = 10;

/** `event put`: puts events on the bus. */
export const addEventPut: AddCommand = (event, sessionOf) => {
  event
    .command('put <file>')
    .description(
      'put the events of a JSON file: one event, or entries as "aws events put-events" takes them; - for stdin, or the JSON itself',
    )
    .option(
      '--bus <bus>',
      'event bus; otherwise the one that the entry names, or the one of the stack whose rules name its source',
    )
    .action(async (file: string, options: { bus?: string }, command) => {
      const session = sessionOf(command);
      const entries = entriesOf(readJsonArgument(file), file);
      const client = new EventBridgeClient(session.client);
      const named: PutEventsRequestEntry[] = [];
      for (const entry of entries) {
        // On another stack than the files', an entry's own bus is the wrong one.
        const own = session.stack === undefined ? entry.EventBusName : undefined;
        const bus = options.bus ?? own ?? (await stackBus(session, client, entry.Source ?? ''));
        named.push({ ...entry, EventBusName: bus });
      }
      const results = await put(client, named);
      const failed = results.filter(({ ErrorCode }) => ErrorCode !== undefined).length;
      session.output.result({ entries: results, failedEntryCount: failed }, () =>
        tableOf(
          ['EVENT', 'BUS', 'RESULT'],
          results.map((result, index) => row(named[index], result)),
          { ...session.output.layout, whole: ['RESULT'] },
        ),
      );
      session.exitCode = failed === 0 ? 0 : 1;
    });
};

async function put(
  client: EventBridgeClient,
  entries: readonly PutEventsRequestEntry[],
): Promise<readonly PutEventsResultEntry[]> {
  const results: PutEventsResultEntry[] = [];
  for (let from = 0; from < entries.length; from += BATCH) {
    const batch = entries.slice(from, from + BATCH);
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: batch }));
    results.push(...Entries);
  }
  return results;
}

function row(
  entry: PutEventsRequestEntry | undefined,
  result: PutEventsResultEntry,
): readonly string[] {
  const outcome = result.EventId ?? `${result.ErrorCode}: ${result.ErrorMessage}`;
  return [
    `${entry?.Source ?? '?'} ${entry?.DetailType ?? '?'}`,
    entry?.EventBusName ?? 'default',
    outcome,
  ];
}
