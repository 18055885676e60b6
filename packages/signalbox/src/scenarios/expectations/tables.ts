import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as v from 'valibot';
import type { Json, JsonObject } from '../../core/json.ts';
import { fields, listOf, mapOf } from '../../core/schema/schema.ts';
import { contains, jsonText } from '../difference.ts';
import { JsonRecord } from '../json-value.ts';
import { expectationKind } from '../scenario-extension.ts';

const ExpectedItem = fields({
  key: JsonRecord,
  /** The members that the item has at least; null where there must be no item. */
  item: v.nullable(JsonRecord),
});

/** Items of tables, by the logical ids of the tables and the keys of the items. */
export const tables = expectationKind(mapOf(listOf(ExpectedItem)), async (expected, { stage }) => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(stage.client));
  const wanted = Object.entries(expected).flatMap(([logicalId, items]) =>
    items.map((one) => ({ logicalId, tableName: stage.physicalId(logicalId), ...one })),
  );
  return async () => {
    const found = await Promise.all(
      wanted.map(async ({ logicalId, tableName, key, item }) => {
        const got = await readItem(client, tableName, key);
        const isThere = item === null ? got === null : got !== null && contains(got, item);
        return { logicalId, key, item, got, isThere };
      }),
    );
    return {
      found: found.map(({ logicalId, key, got }) => `${logicalId} ${jsonText(key)} ${textOf(got)}`),
      differences: found
        .filter(({ isThere }) => !isThere)
        .map(
          ({ logicalId, key, item, got }) =>
            `item ${jsonText(key)} of ${logicalId}: expected ${textOf(item)}, got ${textOf(got)}`,
        ),
    };
  };
});

async function readItem(
  client: DynamoDBDocumentClient,
  TableName: string,
  key: JsonObject,
): Promise<Json> {
  const input = { TableName, Key: { ...key }, ConsistentRead: true };
  const { Item } = await client.send(new GetCommand(input));
  return JSON.parse(JSON.stringify(Item ?? null));
}

function textOf(item: Json): string {
  return item === null ? 'none' : jsonText(item);
}
