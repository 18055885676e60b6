import { AwsError } from '../../../core/aws-error.ts';
import { isRegionName } from '../../../core/in-region.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';

/** A replica to make or to delete, as UpdateTable asks for it. */
export interface ReplicaUpdate {
  readonly kind: 'Create' | 'Delete';
  readonly region: string;
}

/**
 * Reads UpdateTable's ReplicaUpdates.
 * @throws {AwsError} `ValidationException`, also for settings that replicas do not have here.
 */
export function readReplicaUpdates(updates: Json, ownRegion: string): readonly ReplicaUpdate[] {
  const list = Array.isArray(updates) ? updates.filter(isJsonObject) : [];
  return list.map((update) => readUpdate(update, ownRegion));
}

function readUpdate(update: JsonObject, ownRegion: string): ReplicaUpdate {
  const { Create, Update, Delete } = update;
  const wishes = [Create, Update, Delete].filter(isJsonObject);
  if (wishes.length !== 1) {
    throw invalid(
      'One or more parameter values were invalid: One of Create, Update or Delete must be specified in ReplicaUpdates',
    );
  }
  const [wish = {}] = wishes;
  const region = String(wish['RegionName'] ?? '');
  // Recorded on AWS (aws/aws-cli#4906).
  if (region === ownRegion) {
    throw invalid(
      'Cannot add, delete, or update the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or UpdateTable as required.',
    );
  }
  if (!isRegionName(region)) throw invalid(`Replica RegionName is no Region: "${region}"`);
  if (Update !== undefined) {
    throw invalid(
      'ReplicaUpdates.Update is not rehearsed: replicas have no settings of their own. Leave it out, or deploy to AWS',
    );
  }
  refuseOwnSettings(wish);
  return { kind: Create === undefined ? 'Delete' : 'Create', region };
}

/** Members of Create that change nothing here. */
const HARMLESS = [
  'RegionName',
  'KMSMasterKeyId',
  'TableClassOverride',
  'OnDemandThroughputOverride',
];

function refuseOwnSettings(wish: JsonObject): void {
  const other = Object.keys(wish).find((name) => !HARMLESS.includes(name));
  if (other === undefined) return;
  throw invalid(
    `ReplicaUpdates.Create.${other} is not rehearsed: replicas have no settings of their own. Leave it out, or deploy to AWS`,
  );
}

/** Refuses what DynamoDB refuses as invalid. */
export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
