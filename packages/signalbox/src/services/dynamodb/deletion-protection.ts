import type { AccountRegion } from '../../core/account-region.ts';
import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { type KeptMaps, unkeptMaps } from '../../core/kept-maps.ts';
import type { Engine } from './engine.ts';
import { createTableSettings } from './table-settings.ts';

/** The actions on tables, with protection against deletion; everything in DynamoDB's JSON. */
export interface ProtectedTables {
  /** Protects a table that the template creates. */
  protect(tableName: string, isProtected: boolean): void;
  /** Sets the encryption and the class of a table that the template creates. @throws {AwsError} `ValidationException`. */
  set(tableName: string, settings: JsonObject): void;
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
  { maps = unkeptMaps, ...place }: AccountRegion & { readonly maps?: KeptMaps | undefined },
): ProtectedTables {
  const settings = createTableSettings(place, maps);
  const flags = maps.map<true>('dynamodb/deletion-protection');

  function protect(tableName: string, isProtected: boolean): void {
    if (isProtected) flags.set(tableName, true);
    else flags.delete(tableName);
  }

  function described(table: JsonObject[string] | undefined): JsonObject {
    if (!isJsonObject(table)) return {};
    const name = String(table['TableName']);
    const DeletionProtectionEnabled = flags.get(name) === true;
    return { ...table, ...settings.describe(name), DeletionProtectionEnabled };
  }

  async function update(input: JsonObject): Promise<JsonObject> {
    const { DeletionProtectionEnabled, SSESpecification, TableClass, ...rest } = input;
    const { TableName, ...changes } = rest;
    refuseIndexes(input['GlobalSecondaryIndexUpdates']);
    const changed = settings.changed(String(TableName), input);
    const own = [DeletionProtectionEnabled, SSESpecification, TableClass];
    const changesOwnAlone =
      own.some((member) => member !== undefined) && Object.keys(changes).length === 0;
    const output = changesOwnAlone
      ? await engine.run('describeTable', { TableName: TableName ?? null })
      : await engine.run('updateTable', rest);
    settings.keep(String(TableName), changed);
    if (DeletionProtectionEnabled !== undefined) {
      protect(String(TableName), DeletionProtectionEnabled === true);
    }
    return { TableDescription: described(output['Table'] ?? output['TableDescription']) };
  }

  async function remove(input: JsonObject): Promise<JsonObject> {
    const name = String(input['TableName']);
    // One that is not there yet is refused as one in use, by the engine.
    await engine.run('describeTable', { TableName: name });
    if (flags.get(name) === true) {
      throw new AwsError(
        'ValidationException',
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
      );
    }
    const { TableDescription } = await engine.run('deleteTable', input);
    const last = described(TableDescription);
    settings.forget(name);
    return { TableDescription: last };
  }

  return {
    protect,
    set: settings.set,
    actions: {
      async CreateTable(given) {
        const { DeletionProtectionEnabled, SSESpecification: _, TableClass: __, ...input } = given;
        const name = String(input['TableName']);
        const asked = settings.changed('', given);
        const { TableDescription } = await engine.run('createTable', input);
        settings.keep(name, asked);
        protect(name, DeletionProtectionEnabled === true);
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
