import { setImmediate } from 'node:timers/promises';
import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { UserError } from '../../core/user-error.ts';
import type { Item } from './dynalite.ts';
import { type Engine, toItem } from './engine.ts';

/**
 * Creates a table of the template and waits until it is ACTIVE; one that is there already is kept.
 * @throws {UserError} When a kept table has other keys or indexes than the template says.
 */
export async function ensureTable(engine: Engine, input: JsonObject): Promise<void> {
  const name = String(input['TableName']);
  const existing = await describeTable(engine, name);
  if (existing !== undefined) return refuseOtherKeys(name, existing, input);
  await engine.run('createTable', structuredClone(input));
  while (!isActive(await describeTable(engine, name))) await setImmediate();
}

/** A table as DescribeTable has it; undefined where there is none. */
export async function describeTable(
  engine: Engine,
  TableName: string,
): Promise<JsonObject | undefined> {
  try {
    const { Table } = await engine.run('describeTable', { TableName });
    return isJsonObject(Table) ? Table : undefined;
  } catch (error) {
    if (error instanceof AwsError && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

function isActive(table: JsonObject | undefined): boolean {
  return table?.['TableStatus'] === 'ACTIVE';
}

function refuseOtherKeys(name: string, existing: JsonObject, wanted: JsonObject): void {
  if (keysOf(existing) === keysOf(wanted)) return;
  throw new UserError(
    'invalid',
    `Table "${name}" is kept with other keys or indexes than the template has: name it anew, or remove the kept tables`,
  );
}

function keysOf(table: JsonObject): string {
  const indexes = ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes'].flatMap((kind) => {
    const list = table[kind];
    return Array.isArray(list) ? list.filter(isJsonObject) : [];
  });
  const keys = indexes.map((index) => `${String(index['IndexName'])}:${schemaText(index)}`);
  return [schemaText(table), ...keys.sort()].join(' ');
}

function schemaText(owner: JsonObject): string {
  const schema = owner['KeySchema'];
  const elements = Array.isArray(schema) ? schema.filter(isJsonObject) : [];
  return elements.map((element) => `${element['AttributeName']}/${element['KeyType']}`).join(',');
}

/** Every item of a table, page by page. */
export async function* itemsOf(engine: Engine, TableName: string): AsyncGenerator<Item> {
  let from: JsonObject | undefined;
  do {
    const page: JsonObject = await engine.run('scan', {
      TableName,
      ...(from !== undefined && { ExclusiveStartKey: from }),
    });
    const items = page['Items'];
    for (const value of Array.isArray(items) ? items : []) {
      const item = toItem(value);
      if (item !== undefined) yield item;
    }
    const last = page['LastEvaluatedKey'];
    from = isJsonObject(last) ? last : undefined;
  } while (from !== undefined);
}

/** The CreateTable input that makes a table like another: its keys and its indexes. */
export function createTableLike(
  described: JsonObject[string] | undefined,
  TableName: string,
): JsonObject {
  const source = isJsonObject(described) ? described : {};
  const { AttributeDefinitions = [], KeySchema = [] } = source;
  const indexes = ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes'].flatMap((kind) => {
    const list = source[kind];
    if (!Array.isArray(list) || list.length === 0) return [];
    const kept = list.filter(isJsonObject).map((index) => ({
      IndexName: index['IndexName'] ?? '',
      KeySchema: index['KeySchema'] ?? [],
      Projection: index['Projection'] ?? {},
    }));
    return [[kind, kept] as const];
  });
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions,
    KeySchema,
    ...Object.fromEntries(indexes),
  };
}
