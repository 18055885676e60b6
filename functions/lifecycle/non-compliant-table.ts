import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type BatchWriteCommandOutput,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { object, parse, string } from 'valibot';
import { documents } from '../shared/dynamodb.ts';
import { requiredVariable } from '../shared/environment.ts';
import { inParallel } from './in-parallel.ts';

const tableName = requiredVariable('AUDITS_TABLE');
/** Buckets are spread over partitions, as a first audit writes many at once. */
const SHARDS = 16;
const CONCURRENCY = 8;
const MAX_ATTEMPTS = 6;
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

/** The result of auditing a bucket, as the table takes it. */
export interface ComplianceChange {
  /** `accountId/bucket`. */
  readonly key: string;
  /** Since when it is not compliant; undefined where it is compliant again, or exempt. */
  readonly since: string | undefined;
}

/**
 * Remembers and forgets buckets after an audit, 25 at most; each no more than once.
 * @throws {TypeError} When the table takes too little, again and again.
 */
export async function keepCompliance(
  changes: readonly ComplianceChange[],
  auditId: string,
): Promise<void> {
  if (changes.length === 0) return;
  let left: BatchWriteCommandInput['RequestItems'] = {
    [tableName]: changes.map((change) => requestOf(change, auditId)),
  };
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    if (attempt > 0) await sleep(Math.random() * 100 * 2 ** attempt);
    const answer: BatchWriteCommandOutput = await documents.send(
      new BatchWriteCommand({ RequestItems: left }),
    );
    left = answer.UnprocessedItems ?? {};
    if (Object.keys(left).length === 0) return;
  }
  throw new TypeError(`The table took less than ${changes.length} items in ${MAX_ATTEMPTS} calls`);
}

function requestOf({ key, since }: ComplianceChange, auditId: string) {
  const Key = { auditKind: shardOf(key), entryId: key };
  return since === undefined
    ? { DeleteRequest: { Key } }
    : { PutRequest: { Item: { ...Key, auditId, since } } };
}

function shardOf(key: string): string {
  return shardName(createHash('sha256').update(key).digest().readUInt8(0) % SHARDS);
}

function shardName(shard: number): string {
  return `NON_COMPLIANT#${shard.toString(16)}`;
}
