import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Stage } from 'signalbox';

/** An item of a table. */
export type Item = Readonly<Record<string, unknown>>;

/** Reads the items of a table that have one of some values as their key; those that are not there are left out. */
export async function readItems(
  { client, physicalId }: Pick<Stage, 'client' | 'physicalId'>,
  { table, key }: { readonly table: string; readonly key: string },
  values: readonly string[],
): Promise<readonly Item[]> {
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(client));
  const TableName = physicalId(table);
  const found = await Promise.all(
    values.map((value) =>
      tables.send(new GetCommand({ TableName, Key: { [key]: value }, ConsistentRead: true })),
    ),
  );
  return found.flatMap(({ Item }) => Item ?? []);
}
