import { keepPolling, type Polling } from '../core/keep-polling.ts';
import { deliverBatch } from './deliver-batch.ts';
import { type StreamEvent, toStreamEvent } from './stream-event.ts';
import type { StreamReader, StreamReaderOptions } from './stream-reader.ts';

/** GetRecords returns no more at once. */
const MAX_RECORDS = 1000;

/** Anything shorter is no sequence number, but the beginning. */
const SEQUENCE_DIGITS = 21;

/**
 * Reads a table's stream for somebody, batch by batch and in order. It sets no timer while there is
 * nothing to read, so that time does not skip for its sake; it holds the clock from the reading of a batch
 * until that is done or waits for its next try.
 */
export function readStream(options: StreamReaderOptions, reader: StreamReader): Polling {
  const { positions, clock, onBug, onProblem } = options;
  const key = `${reader.name} ${reader.streamArn}`;
  // Whoever begins at the end begins at what is the end now.
  if (!positions.has(key)) {
    const isLatest = reader.settings.startingPosition === 'LATEST';
    positions.set(key, isLatest ? options.lastNumber() : '');
  }

  async function poll(signal: AbortSignal): Promise<void> {
    const after = positions.get(key) ?? '';
    const shardId = await shardOf(options, reader);
    await options.whenAfter(reader.streamArn, after, signal);
    if (signal.aborted) return;
    let release = clock.hold();
    const pausing = async (pause: () => Promise<void>): Promise<void> => {
      release();
      await pause();
      release = clock.hold();
    };
    try {
      const batch = await readBatch(options, reader, shardId, after);
      const taken = batch.filter(reader.takes);
      const delivery = { clock, signal, shardId, pausing };
      const isDone = taken.length === 0 || (await deliverBatch(reader, taken, delivery));
      const last = batch.at(-1)?.dynamodb.SequenceNumber;
      if (isDone && last !== undefined) positions.set(key, last);
    } finally {
      release();
    }
  }

  return keepPolling(poll, { name: reader.name, onProblem, onBug });
}

async function readBatch(
  { call }: StreamReaderOptions,
  { streamArn, caller, batchSize }: StreamReader,
  shardId: string,
  after: string,
): Promise<readonly StreamEvent[]> {
  const place =
    after.length < SEQUENCE_DIGITS
      ? { ShardIteratorType: 'TRIM_HORIZON' }
      : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after };
  const input = { StreamArn: streamArn, ShardId: shardId, ...place };
  let from: Page = await call('dynamodbstreams', 'GetShardIterator', input, caller);
  const events: StreamEvent[] = [];
  while (from.ShardIterator !== undefined && events.length < batchSize) {
    const { ShardIterator } = from;
    const Limit = Math.min(batchSize - events.length, MAX_RECORDS);
    const page: Page = await call(
      'dynamodbstreams',
      'GetRecords',
      { ShardIterator, Limit },
      caller,
    );
    const records = page.Records ?? [];
    if (records.length === 0) break;
    events.push(...records.map((record) => toStreamEvent(record, streamArn)));
    from = { ShardIterator: page.NextShardIterator };
  }
  return events;
}

/** @throws {AwsError} `ResourceNotFoundException`. */
async function shardOf(
  { call }: StreamReaderOptions,
  { streamArn: StreamArn, caller }: StreamReader,
): Promise<string> {
  const described: { readonly StreamDescription?: { readonly Shards?: readonly Shard[] } } =
    await call('dynamodbstreams', 'DescribeStream', { StreamArn }, caller);
  return described.StreamDescription?.Shards?.[0]?.ShardId ?? '';
}

interface Shard {
  readonly ShardId?: string;
}

interface Page {
  readonly ShardIterator?: string | undefined;
  readonly NextShardIterator?: string | undefined;
  readonly Records?: readonly object[];
}
