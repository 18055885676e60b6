import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { isJsonObject, type Json } from '../core/json.ts';
import { withTimes } from '../core/relative-time.ts';
import { invalid, UserError } from '../core/user-error.ts';
import { readProjectConfig } from '../project/project-config.ts';
import { readJsonFile } from '../project/read-json-file.ts';
import type { Stage } from './stage.ts';

/**
 * Puts the items of seed files into the tables, and objects into buckets; what is there already stays
 * as it is. Without `files`, those that `package.json` names are taken. Times such as `{{now+90d}}` are
 * those of the rehearsal's clock.
 * @throws {UserError} When a file isn't items by the logical id of their table or bucket.
 */
export async function putSeeds(
  root: string,
  stage: SeededStage,
  files: readonly string[] = seedsOf(root),
): Promise<void> {
  for (const file of files) await seedFrom(root, stage, file);
}

/** The part of a rehearsal that seeding needs. */
type SeededStage = Pick<Stage, 'client' | 'physicalId' | 'now'>;

function seedsOf(root: string): readonly string[] {
  const config = readProjectConfig(root);
  if (!config.ok) throw invalid(config.problems);
  return config.value.seeds;
}

async function seedFrom(root: string, stage: SeededStage, file: string): Promise<void> {
  const seeds = withTimes(readJsonFile(join(root, file)), stage.now());
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(stage.client));
  const buckets = new S3Client({ ...stage.client, forcePathStyle: true });
  for (const [logicalId, items] of Object.entries(isJsonObject(seeds) ? seeds : {})) {
    const name = stage.physicalId(logicalId);
    for (const item of listOf(items, `${file}: ${logicalId}`)) {
      const put = isObject(item) ? putObject(buckets, name, item) : putItem(tables, name, item);
      await put.catch(ignoreExisting);
    }
  }
}

/** An object of a bucket, whose body is written as JSON. */
interface SeededObject {
  readonly Key: string;
  readonly Body: Json;
}

function isObject(item: object): item is SeededObject {
  return Object.keys(item).join() === 'Key,Body';
}

async function putObject(
  buckets: S3Client,
  Bucket: string,
  { Key, Body }: SeededObject,
): Promise<void> {
  const body = JSON.stringify(Body);
  await buckets.send(new PutObjectCommand({ Bucket, Key, Body: body, IfNoneMatch: '*' }));
}

async function putItem(
  tables: DynamoDBDocumentClient,
  TableName: string,
  Item: Record<string, unknown>,
): Promise<void> {
  await tables.send(
    new PutCommand({
      TableName,
      Item,
      ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: { '#key': Object.keys(Item)[0] ?? '' },
    }),
  );
}

function listOf(items: Json, place: string): readonly Record<string, unknown>[] {
  if (Array.isArray(items) && items.every(isJsonObject)) return items.map((item) => ({ ...item }));
  throw new UserError('invalid', `${place}: write a list of items`);
}

function ignoreExisting(error: unknown): void {
  const names = ['ConditionalCheckFailedException', 'PreconditionFailed'];
  if (error instanceof Error && names.includes(error.name)) return;
  throw error;
}
