import { createHash } from 'node:crypto';
import type { AccountRegion } from '../../core/account-region.ts';
import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { type KeptMaps, unkeptMaps } from '../../core/kept-maps.ts';

/** What is kept and described of a table, and makes no difference here: its class and its encryption. */
export interface TableSettings {
  /** Those of a table once a request that names some has been met. @throws {AwsError} `ValidationException`. */
  changed(tableName: string, request: JsonObject): JsonObject;
  keep(tableName: string, settings: JsonObject): void;
  /** Makes those of a request all that the table has. @throws {AwsError} `ValidationException`. */
  set(tableName: string, request: JsonObject): void;
  /** The members of a table's description. */
  describe(tableName: string): JsonObject;
  forget(tableName: string): void;
}

/** Opens the settings of tables. */
export function createTableSettings(
  place: AccountRegion,
  maps: KeptMaps = unkeptMaps,
): TableSettings {
  const kept = maps.map<JsonObject>('dynamodb/table-settings');

  function met(before: JsonObject, { SSESpecification, TableClass }: JsonObject): JsonObject {
    const { SSEDescription, TableClassSummary } = before;
    const encryption = isJsonObject(SSESpecification)
      ? encryptionOf(SSESpecification, place)
      : SSEDescription;
    const summary = typeof TableClass === 'string' ? { TableClass } : TableClassSummary;
    return {
      ...(encryption !== undefined && { SSEDescription: encryption }),
      ...(summary !== undefined && { TableClassSummary: summary }),
    };
  }

  return {
    changed: (tableName, request) => met(kept.get(tableName) ?? {}, request),
    keep: (tableName, settings) => void kept.set(tableName, settings),
    set: (tableName, request) => void kept.set(tableName, met({}, request)),
    describe: (tableName) => kept.get(tableName) ?? {},
    forget: (tableName) => void kept.delete(tableName),
  };
}

/** AWS: a table that is encrypted with DynamoDB's own key has no description of it. */
function encryptionOf(
  { Enabled, SSEType, KMSMasterKeyId }: JsonObject,
  { region, accountId }: AccountRegion,
): JsonObject | undefined {
  if (Enabled !== true) return undefined;
  if (SSEType === 'AES256') {
    throw new AwsError(
      'ValidationException',
      'One or more parameter values were invalid: the only supported SSEType is KMS',
    );
  }
  const key = typeof KMSMasterKeyId === 'string' ? KMSMasterKeyId : 'alias/aws/dynamodb';
  const arn = `arn:aws:kms:${region}:${accountId}:key/${key.includes('/') ? keyIdOf(key) : key}`;
  return { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: key.startsWith('arn:') ? key : arn };
}

/** There are no keys here: an alias has the same one each time. */
function keyIdOf(alias: string): string {
  const digest = createHash('sha256').update(alias).digest('hex');
  const lengths = [8, 4, 4, 4, 12];
  return lengths.map((length, at) => digest.slice(at * 12, at * 12 + length)).join('-');
}
