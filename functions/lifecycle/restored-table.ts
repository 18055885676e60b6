import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { number, object, parse, string } from 'valibot';
import { documents, isConditionRefused, readItem } from '../shared/dynamodb.ts';
import { requiredVariable } from '../shared/environment.ts';
import { bucketKey, type ListedBucket } from './report/bucket-record.ts';

/*
 * Buckets that somebody had restored: their tag lets nothing be repaired, until a person approves a repair
 * or an audit has seen them without the tag. They are few, so all lie in one partition.
 */

const tableName = requiredVariable('REPAIRS_TABLE');
const KIND = 'RESTORED';
const RestoredItemSchema = object({ entryId: string(), restoredAtMs: number() });

type BucketId = Pick<ListedBucket, 'accountId' | 'bucket'>;

/** Remembers that a bucket's lifecycle was to be restored, in Unix milliseconds; the last time counts. */
export async function rememberRestored(bucket: BucketId, restoredAtMs: number): Promise<void> {
  await documents.send(
    new PutCommand({ TableName: tableName, Item: { ...keyOf(bucketKey(bucket)), restoredAtMs } }),
  );
}

/** Returns whether a bucket was restored, and nobody has asked anew. */
export async function isRestored(bucket: BucketId): Promise<boolean> {
  return (await readItem(tableName, keyOf(bucketKey(bucket)), RestoredItemSchema)) !== undefined;
}

/** Reads which buckets were restored, by `accountId/bucket`, and when, in Unix milliseconds. */
export async function restoredBuckets(): Promise<ReadonlyMap<string, number>> {
  const restored = new Map<string, number>();
  let start: Record<string, unknown> | undefined;
  do {
    const { Items: items = [], LastEvaluatedKey: next } = await documents.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'bucketKey = :kind',
        ExpressionAttributeValues: { ':kind': KIND },
        ConsistentRead: true,
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    for (const item of items) {
      const { entryId, restoredAtMs } = parse(RestoredItemSchema, item);
      restored.set(entryId, restoredAtMs);
    }
    start = next;
  } while (start !== undefined);
  return restored;
}

/** Forgets a restore, by `accountId/bucket`, unless there was another after the time it is known by. */
export async function forgetRestored(key: string, restoredUntilMs: number): Promise<void> {
  try {
    await documents.send(
      new DeleteCommand({
        TableName: tableName,
        Key: keyOf(key),
        ConditionExpression: 'attribute_not_exists(entryId) OR restoredAtMs <= :until',
        ExpressionAttributeValues: { ':until': restoredUntilMs },
      }),
    );
  } catch (error) {
    if (!isConditionRefused(error)) throw error;
  }
}

function keyOf(entryId: string) {
  return { bucketKey: KIND, entryId };
}
