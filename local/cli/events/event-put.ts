import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { UserError } from '../../user-error.ts';
import type { AddCommand } from '../add-command.ts';
import { entriesOf } from '../event-entries.ts';
import { readJsonFile } from '../read-json-file.ts';
import type { Session } from '../session.ts';
import { physicalIds } from '../stack.ts';
import { tableOf } from '../table.ts';

/** Entries that one PutEvents call takes. */
const BATCH = 10;

/** `event put`: puts events on the bus. */
export const addEventPut: AddCommand = (event, sessionOf) => {
  event
    .command('put <file>')
    .description(
      'put the events of a JSON file: one event, or entries as "aws events put-events" takes them; - for stdin',
    )
    .option(
      '--bus <name>',
      'event bus; otherwise the one that the entry names, or the only one of the stack',
    )
    .action(async (file: string, options: { bus?: string }, command) => {
      const session = sessionOf(command);
      const entries = entriesOf(readJsonFile(file === '-' ? 0 : file), file);
      const bus = options.bus ?? (await busOf(session, entries));
      const named = entries.map((entry) =>
        bus === undefined ? entry : { ...entry, EventBusName: bus },
      );
      const results = await put(new EventBridgeClient(session.client), named);
      const failed = results.filter(({ ErrorCode }) => ErrorCode !== undefined).length;
      session.output.answer({ entries: results, failedEntryCount: failed }, () =>
        tableOf(
          ['EVENT', 'BUS', 'RESULT'],
          results.map((result, index) => row(named[index], result)),
        ),
      );
      session.exitCode = failed === 0 ? 0 : 1;
    });
};

/** The bus to use instead of the entries' own: on another stack than the files', or where an entry names none. */
async function busOf(
  session: Session,
  entries: readonly PutEventsRequestEntry[],
): Promise<string | undefined> {
  if (session.stack === undefined && entries.every(({ EventBusName }) => EventBusName))
    return undefined;
  const buses = await physicalIds(session, 'AWS::Events::EventBus');
  const [first, second] = buses;
  if (first !== undefined && second === undefined) return first;
  throw new UserError('usage', `Which bus: name one of ${buses.join(', ')} with --bus`);
}

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
