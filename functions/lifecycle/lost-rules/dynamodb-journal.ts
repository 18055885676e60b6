import { DeleteCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type InferOutput, number, object, optional, parse, string } from 'valibot';
import { documents, isConditionRefused } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import type { BucketLocation } from '../assessment/read-facts.ts';
import { ConfigurationSchema } from '../assessment/rule-schema.ts';
import {
  BackupSchema,
  backupKey,
  backupOf,
  backupPrefix,
  type WriteKind,
} from '../repair/backup.ts';
import type { ForeignWrite, LifecycleWrite } from '../repair/lifecycle-write.ts';
import { bucketKey } from '../report/bucket-record.ts';
import { putReport, readJsonReport } from '../reports-bucket.ts';
import { BucketLockedError, type RepairJournal } from './lifecycle-exchange.ts';
import { type KnownWrite, LONGEST_WRITE_MS, mayOvertake } from './write-window.ts';

const tableName = requiredVariable('REPAIRS_TABLE');
const LOCK = 'LOCK';
const KEPT_SECONDS = 30 * 86_400;

/** The journal's entry of a write of ours. */
const WriteItemSchema = object({
  entryId: string(),
  writeId: string(),
  readAtMs: number(),
  writtenAtMs: optional(number()),
  backupKey: string(),
  overtakenAtMs: optional(number()),
  overtakenKey: optional(string()),
});
type WriteItem = InferOutput<typeof WriteItemSchema>;

/** The journal of one bucket, for writes of one kind: its lock and windows in DynamoDB, its backups in the reports' bucket. */
export function createJournal(
  place: BucketLocation,
  kind: WriteKind,
  nowMs: () => number,
): RepairJournal & {
  /** Our writes that may have overtaken what somebody put at a time, oldest first. */
  writesAround(eventAtMs: number): Promise<readonly KnownWrite[]>;
  /** Keeps what a write of ours is known to have overtaken. */
  noteOvertaken(write: KnownWrite, theirs: ForeignWrite): Promise<void>;
} {
  const bucket = bucketKey(place);
  const keyOf = (write: Pick<LifecycleWrite, 'readAtMs' | 'writeId'>) => ({
    bucketKey: bucket,
    entryId: `WRITE#${String(write.readAtMs).padStart(15, '0')}#${write.writeId}`,
  });
  return {
    lock: (holder) => lock(bucket, holder, nowMs()),
    unlock: (holder) => unlock(bucket, holder),
    async open(write) {
      const key = backupKey(place, write);
      await putReport(key, JSON.stringify(backupOf(place, write, kind)));
      const { writeId, readAtMs } = write;
      const expiresAt = Math.floor(readAtMs / 1_000) + KEPT_SECONDS;
      const Item = { ...keyOf(write), writeId, readAtMs, backupKey: key, expiresAt };
      await documents.send(new PutCommand({ TableName: tableName, Item }));
    },
    async close(write, writtenAtMs) {
      await documents.send(
        new UpdateCommand({
          TableName: tableName,
          Key: keyOf(write),
          UpdateExpression: 'SET writtenAtMs = :at',
          ExpressionAttributeValues: { ':at': writtenAtMs },
        }),
      );
    },
    async abandon(write) {
      await documents.send(new DeleteCommand({ TableName: tableName, Key: keyOf(write) }));
    },
    async earlier(writeId) {
      const items = await readWrites(bucket);
      return Promise.all(items.filter((item) => item.writeId === writeId).map(toKnownWrite));
    },
    async writesAround(eventAtMs) {
      const items = await readWrites(bucket);
      const around = items.filter(({ readAtMs, writtenAtMs }) =>
        mayOvertake({ readAtMs, writtenAtMs }, eventAtMs),
      );
      return Promise.all(around.map(toKnownWrite));
    },
    async noteOvertaken(write, theirs) {
      const key = `${backupPrefix(place)}overtaken/${write.writeId}-${theirs.atMs}.json`;
      await putReport(key, JSON.stringify({ rules: theirs.rules }));
      await documents.send(
        new UpdateCommand({
          TableName: tableName,
          Key: keyOf(write),
          UpdateExpression: 'SET overtakenAtMs = :at, overtakenKey = :key',
          ExpressionAttributeValues: { ':at': theirs.atMs, ':key': key },
        }),
      );
    },
  };
}

async function lock(bucket: string, holder: string, nowMs: number): Promise<void> {
  const leaseUntilMs = nowMs + LONGEST_WRITE_MS;
  try {
    await documents.send(
      new PutCommand({
        TableName: tableName,
        Item: { bucketKey: bucket, entryId: LOCK, holder, leaseUntilMs },
        ConditionExpression: 'attribute_not_exists(entryId) OR leaseUntilMs < :now OR holder = :me',
        ExpressionAttributeValues: { ':now': nowMs, ':me': holder },
      }),
    );
  } catch (error) {
    if (!isConditionRefused(error)) throw error;
    throw new BucketLockedError('Another repair is at the bucket');
  }
}

async function unlock(bucket: string, holder: string): Promise<void> {
  try {
    await documents.send(
      new DeleteCommand({
        TableName: tableName,
        Key: { bucketKey: bucket, entryId: LOCK },
        ConditionExpression: 'holder = :me',
        ExpressionAttributeValues: { ':me': holder },
      }),
    );
  } catch (error) {
    // The lease had run out, and the lock is somebody else's by now.
    if (!isConditionRefused(error)) throw error;
  }
}

async function readWrites(bucket: string): Promise<readonly WriteItem[]> {
  const items: WriteItem[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const { Items: page = [], LastEvaluatedKey: next } = await documents.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'bucketKey = :bucket AND begins_with(entryId, :write)',
        ExpressionAttributeValues: { ':bucket': bucket, ':write': 'WRITE#' },
        ConsistentRead: true,
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    items.push(...page.map((item) => parse(WriteItemSchema, item)));
    start = next;
  } while (start !== undefined);
  return items;
}

async function toKnownWrite(item: WriteItem): Promise<KnownWrite> {
  const { writeId, readAtMs, writtenAtMs, overtakenAtMs, overtakenKey } = item;
  const { base, written } = await readJsonReport(item.backupKey, BackupSchema);
  const overtaken =
    overtakenAtMs === undefined || overtakenKey === undefined
      ? undefined
      : {
          atMs: overtakenAtMs,
          rules: (await readJsonReport(overtakenKey, ConfigurationSchema)).rules,
        };
  return {
    writeId,
    readAtMs,
    writtenAtMs,
    base: base ?? undefined,
    written: written ?? undefined,
    overtaken,
  };
}
