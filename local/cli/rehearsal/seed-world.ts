import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { isJsonObject, type Json } from '../../json.ts';
import { UserError } from '../../user-error.ts';
import { readJsonFile } from '../read-json-file.ts';
import type { Stage } from './stage.ts';

const WORLD_FILE = 'events/world.json';

/**
 * Puts the items of `events/world.json` into the tables; what is there already stays as it is.
 * @throws {UserError} When the file isn't items by the logical id of their table.
 */
export async function seedWorld(root: string, stage: Stage): Promise<void> {
  const world = readJsonFile(join(root, WORLD_FILE));
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(stage.client));
  for (const [logicalId, items] of Object.entries(isJsonObject(world) ? world : {})) {
    const TableName = stage.physicalId(logicalId);
    for (const item of listOf(items, logicalId)) {
      const key = Object.keys(item)[0] ?? '';
      await tables
        .send(
          new PutCommand({
            TableName,
            Item: item,
            ConditionExpression: 'attribute_not_exists(#key)',
            ExpressionAttributeNames: { '#key': key },
          }),
        )
        .catch(ignoreExisting);
    }
  }
}

function listOf(items: Json, logicalId: string): readonly Record<string, unknown>[] {
  if (Array.isArray(items) && items.every(isJsonObject)) return items.map((item) => ({ ...item }));
  throw new UserError('invalid', `${WORLD_FILE}: ${logicalId}: write a list of items`);
}

function ignoreExisting(error: unknown): void {
  if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return;
  throw error;
}
