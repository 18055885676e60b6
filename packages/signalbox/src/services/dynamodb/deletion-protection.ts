import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { type KeptMaps, unkeptMaps } from '../../core/kept-maps.ts';
import type { Engine } from './engine.ts';

/** The actions on tables, with protection against deletion; everything in DynamoDB's JSON. */
export interface ProtectedTables {
  /** Protects a table that the template creates. */
  protect(tableName: string, isProtected: boolean): void;
  readonly actions: TableActions;
}

/** The actions on tables. */
export type TableActions = Readonly<
  Record<
    'CreateTable' | 'UpdateTable' | 'DescribeTable' | 'DeleteTable',
    (input: JsonObject) => Promise<JsonObject>
  >
>;

/** Creates the actions on tables over an engine. */
export function createProtectedTables(
  engine: Engine,
  maps: KeptMaps = unkeptMaps,
): ProtectedTables {
  const flags = maps.map<true>('dynamodb/deletion-protection');

  function protect(tableName: string, isProtected: boolean): void {
    if (isProtected) flags.set(tableName, true);
    else flags.delete(tableName);
  }

  function described(table: JsonObject[string] | undefined): JsonObject {
    if (!isJsonObject(table)) return {};
    return { ...table, DeletionProtectionEnabled: flags.get(String(table['TableName'])) === true };
  }

  async function update({ DeletionProtectionEnabled, ...input }: JsonObject): Promise<JsonObject> {
    const { TableName, ...changes } = input;
    refuseIndexes(input['GlobalSecondaryIndexUpdates']);
    const changesNothing =
      DeletionProtectionEnabled !== undefined && Object.keys(changes).length === 0;
    const output = changesNothing
      ? await engine.run('describeTable', { TableName: TableName ?? null })
      : await engine.run('updateTable', input);
    if (DeletionProtectionEnabled !== undefined) {
      protect(String(TableName), DeletionProtectionEnabled === true);
    }
    return { TableDescription: described(output['Table'] ?? output['TableDescription']) };
  }

  async function remove(input: JsonObject): Promise<JsonObject> {
    const { TableName: name } = await engine.table(String(input['TableName']));
    if (flags.get(name) === true) {
      throw new AwsError(
        'ValidationException',
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
      );
    }
    const { TableDescription } = await engine.run('deleteTable', input);
    return { TableDescription: described(TableDescription) };
  }

  return {
    protect,
    actions: {
      async CreateTable({ DeletionProtectionEnabled, ...input }) {
        const { TableDescription } = await engine.run('createTable', input);
        protect(String(input['TableName']), DeletionProtectionEnabled === true);
        return { TableDescription: described(TableDescription) };
      },
      UpdateTable: update,
      async DescribeTable(input) {
        const { Table } = await engine.run('describeTable', input);
        return { Table: described(Table) };
      },
      DeleteTable: remove,
    },
  };
}

/** The engine would take them without effect. @throws {AwsError} `ValidationException` */
function refuseIndexes(updates: Json | undefined): void {
  const list = Array.isArray(updates) ? updates.filter(isJsonObject) : [];
  for (const kind of ['Create', 'Delete']) {
    if (!list.some((update) => update[kind] !== undefined)) continue;
    throw new AwsError(
      'ValidationException',
      `GlobalSecondaryIndexUpdates.${kind} is not rehearsed: a table keeps the indexes that it was created with. Create the table anew, or deploy to AWS`,
    );
  }
}
