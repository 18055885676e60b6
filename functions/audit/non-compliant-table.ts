import { createHash } from 'node:crypto';
import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { object, parse, string } from 'valibot';
import { documents } from '../shared/dynamodb.ts';
import { requiredVariable } from '../shared/environment.ts';
import { inParallel } from './in-parallel.ts';

const tableName = requiredVariable('AUDITS_TABLE');
/** Buckets are spread over partitions, as a first audit writes many at once. */
const SHARDS = 16;
const CONCURRENCY = 8;
const KeySchema = object({ entryId: string() });

/** Reads which buckets are known not to be compliant, by `accountId/bucket`. */
export async function knownNonCompliant(): Promise<ReadonlySet<string>> {
  const shards = Array.from({ length: SHARDS }, (_, shard) => shard);
  const found = await inParallel(shards, CONCURRENCY, readShard);
  return new Set(found.flat());
}

async function readShard(shard: number): Promise<readonly string[]> {
  const keys: string[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const { Items: items = [], LastEvaluatedKey: next } = await documents.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'auditKind = :shard',
        ExpressionAttributeValues: { ':shard': shardName(shard) },
        ProjectionExpression: 'entryId',
        ConsistentRead: true,
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    keys.push(...items.map((item) => parse(KeySchema, item).entryId));
    start = next;
  } while (start !== undefined);
  return keys;
}

/** Remembers that a bucket is not compliant, since when and after which audit. */
export async function rememberNonCompliant(
  key: string,
  { auditId, since }: { readonly auditId: string; readonly since: string },
): Promise<void> {
  await documents.send(
    new PutCommand({
      TableName: tableName,
      Item: { auditKind: shardOf(key), entryId: key, auditId, since },
    }),
  );
}

/** Forgets a bucket that is compliant again, or exempt. */
export async function forgetNonCompliant(key: string): Promise<void> {
  await documents.send(
    new DeleteCommand({
      TableName: tableName,
      Key: { auditKind: shardOf(key), entryId: key },
    }),
  );
}

function shardOf(key: string): string {
  return shardName(createHash('sha256').update(key).digest().readUInt8(0) % SHARDS);
}

function shardName(shard: number): string {
  return `NON_COMPLIANT#${shard.toString(16)}`;
}
