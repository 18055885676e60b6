import { setTimeout as sleep } from 'node:timers/promises';
import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { BusUnavailableError } from './errors.ts';

const MAX_ATTEMPTS = 4;
const client = new EventBridgeClient({});

type PutEntries = (
  entries: readonly PutEventsRequestEntry[],
) => Promise<readonly PutEventsResultEntry[]>;

/**
 * Puts at most ten entries on the bus.
 * @throws {BusUnavailableError} When an entry still fails after four attempts.
 */
export function putEvents(entries: readonly PutEventsRequestEntry[]): Promise<void> {
  return putWithRetries(entries, sendEntries, (delayMs) => sleep(delayMs));
}

/**
 * Puts entries, and again only those that failed: PutEvents returns 200 also when it took just some.
 * Waits up to 50, 100 and 200 ms between the attempts.
 * @throws {BusUnavailableError} When an entry still fails after four attempts, or the call itself does.
 */
export async function putWithRetries(
  entries: readonly PutEventsRequestEntry[],
  put: PutEntries,
  wait: (delayMs: number) => Promise<unknown>,
): Promise<void> {
  let left = entries;
  let codes: readonly string[] = [];
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const results = await put(left);
    codes = results.flatMap(({ ErrorCode }) => (ErrorCode === undefined ? [] : [ErrorCode]));
    left = left.filter((_, index) => results[index]?.ErrorCode !== undefined);
    if (left.length === 0) return;
    if (attempt < MAX_ATTEMPTS) await wait(Math.random() * 50 * 2 ** (attempt - 1));
  }
  throw new BusUnavailableError(
    `The event bus refused ${left.length} of ${entries.length} entries: ${codes.join(', ')}`,
  );
}

async function sendEntries(
  entries: readonly PutEventsRequestEntry[],
): Promise<readonly PutEventsResultEntry[]> {
  try {
    const { Entries } = await client.send(new PutEventsCommand({ Entries: [...entries] }));
    return Entries ?? [];
  } catch (error) {
    const reason = error instanceof Error ? error.name : String(error);
    throw new BusUnavailableError(`The event bus could not be reached: ${reason}`, {
      cause: error,
    });
  }
}
