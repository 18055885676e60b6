import { isJsonObject, type JsonObject } from '../../../core/json.ts';
import { onAbort } from '../../../core/on-abort.ts';
import type { Engine } from '../engine.ts';
import type { Note } from '../kept-level.ts';
import type { StreamRecord } from './stream-record.ts';
import type { TableStream } from './table-stream.ts';

/** DynamoDB keeps the records of a stream for a day. */
export const RETENTION_MS = 24 * 3_600_000;

/** Records of streams are kept as notes beside the items. */
const NOTE = 'stream/';

/** A record, and the stream that it is of. */
export type Streamed = readonly [stream: TableStream, record: StreamRecord];

/** The records of all streams. */
export interface StreamLog {
  /** The next sequence number: of 21 digits, and later than every one before. */
  nextNumber(): string;
  /** The newest sequence number; everything after it is still to come. */
  lastNumber(): string;
  /** What is kept of records, together with the items that they tell of. */
  notesOf(made: readonly Streamed[]): readonly Note[];
  /** Takes records that are written, drops those of more than a day ago, and wakes who waits. */
  append(made: readonly Streamed[]): Promise<void>;
  recordsOf(streamArn: string): readonly StreamRecord[];
  forget(streamArn: string): void;
  /** Resolves when a stream has a record after a sequence number, or the signal aborts. */
  whenAfter(streamArn: string, sequenceNumber: string, signal: AbortSignal): Promise<void>;
}

/** Opens the records of streams with those that are kept. */
export async function openStreamLog(engine: Engine, nowMs: () => number): Promise<StreamLog> {
  const records = await restore(engine);
  const waiting = new Set<() => void>();
  let last = lastOf(records);

  /** Records are in the order of time, so it looks no further than the first that is kept. */
  async function trim(): Promise<void> {
    const oldestSeconds = (nowMs() - RETENTION_MS) / 1000;
    for (const [arn, list] of records) {
      const fresh = list.findIndex(
        ({ dynamodb }) => dynamodb.ApproximateCreationDateTime >= oldestSeconds,
      );
      if (fresh === 0) continue;
      const count = fresh < 0 ? list.length : fresh;
      const old = list.slice(0, count);
      records.set(arn, list.slice(count));
      if (!engine.isKept) continue;
      await engine.notes.forget(...old.map((record) => noteKey(arn, record)));
    }
  }

  function isAfter(arn: string, sequenceNumber: string): boolean {
    const newest = records.get(arn)?.at(-1)?.dynamodb.SequenceNumber;
    return newest !== undefined && newest > sequenceNumber;
  }

  return {
    nextNumber() {
      const byTime = BigInt(nowMs()) * 100_000n + 100_000_000_000_000_000_000n;
      last = last < byTime ? byTime : last + 1n;
      return String(last);
    },
    lastNumber: () => String(last),
    notesOf: (made) =>
      engine.isKept
        ? made.map(([{ arn }, record]) => ({ key: noteKey(arn, record), value: record }))
        : [],
    async append(made) {
      for (const [{ arn }, record] of made) {
        const list = records.get(arn) ?? [];
        list.push(record);
        records.set(arn, list);
      }
      await trim();
      for (const wake of [...waiting]) wake();
    },
    recordsOf: (arn) => records.get(arn) ?? [],
    forget: (arn) => void records.delete(arn),
    async whenAfter(arn, sequenceNumber, signal) {
      while (!isAfter(arn, sequenceNumber) && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const forget = onAbort(signal, done);
          waiting.add(done);
          function done(): void {
            forget();
            waiting.delete(done);
            resolve();
          }
        });
      }
    },
  };
}

function noteKey(arn: string, { dynamodb }: StreamRecord): string {
  return `${NOTE}${dynamodb.SequenceNumber} ${arn}`;
}

async function restore({ notes }: Engine): Promise<Map<string, StreamRecord[]>> {
  const records = new Map<string, StreamRecord[]>();
  const found = (await notes.notes()).filter(({ key }) => key.startsWith(NOTE));
  for (const { key, value } of found.sort((one, other) => (one.key < other.key ? -1 : 1))) {
    if (!isRecord(value)) continue;
    const arn = key.slice(key.indexOf(' ') + 1);
    const list = records.get(arn) ?? [];
    list.push(value);
    records.set(arn, list);
  }
  return records;
}

function isRecord(value: JsonObject): value is StreamRecord {
  const { dynamodb } = value;
  return isJsonObject(dynamodb) && typeof dynamodb['SequenceNumber'] === 'string';
}

function lastOf(records: ReadonlyMap<string, readonly StreamRecord[]>): bigint {
  const newest = [...records.values()].map((list) => list.at(-1)?.dynamodb.SequenceNumber ?? '0');
  // All have 21 digits.
  return BigInt(newest.sort().at(-1) ?? 0);
}
