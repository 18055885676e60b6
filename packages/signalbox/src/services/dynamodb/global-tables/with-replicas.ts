import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { TableActions } from '../deletion-protection.ts';
import type { GlobalTables } from './global-tables.ts';
import type { ReplicaGroup } from './replica-groups.ts';
import { invalid, type ReplicaUpdate, readReplicaUpdates } from './replica-updates.ts';

/** AWS: the one version in which new global tables are made. */
const VERSION = '2019.11.21';

/**
 * Adds replicas in other Regions to the actions on tables; everything in DynamoDB's JSON. They are there
 * when the action ends, where AWS takes minutes; its output says CREATING, as AWS's does.
 */
export function withReplicas(
  actions: TableActions,
  region: string,
  globalTables: Omit<GlobalTables, 'simulated'>,
): TableActions {
  const { groups } = globalTables;

  function described(table: Json | undefined): JsonObject {
    if (!isJsonObject(table)) return {};
    const group = groups.find(region, String(table['TableName']));
    return group === undefined ? table : { ...table, ...describedGroup(group) };
  }

  async function changed(input: JsonObject): Promise<JsonObject> {
    const { TableName = null } = input;
    if (Object.keys(input).length === 1) return tableOf(await actions.DescribeTable({ TableName }));
    refuseInReplica(input, groups.find(region, String(TableName)));
    return await actions.UpdateTable(input);
  }

  async function update(name: string, { kind, region: other }: ReplicaUpdate): Promise<void> {
    const place = { from: region, to: other };
    if (kind === 'Create') await globalTables.create(name, place);
    else await globalTables.delete(name, place);
  }

  return {
    CreateTable: actions.CreateTable,
    async UpdateTable({ ReplicaUpdates, MultiRegionConsistency, ...input }) {
      refuseStrong(MultiRegionConsistency, ReplicaUpdates);
      const updates = readReplicaUpdates(ReplicaUpdates ?? [], region);
      const output = await changed(input);
      const name = String(input['TableName']);
      for (const one of updates) await update(name, one);
      if (updates.length === 0) return { TableDescription: described(output['TableDescription']) };
      const { Table } = await actions.DescribeTable({ TableName: name });
      return { TableDescription: underWay(described(Table), updates) };
    },
    async DescribeTable(input) {
      const { Table } = await actions.DescribeTable(input);
      return { Table: described(Table) };
    },
    async DeleteTable(input) {
      const name = String(input['TableName']);
      globalTables.mustBeDeletable(name, region);
      const { TableDescription } = await actions.DeleteTable(input);
      const last = described(TableDescription);
      await globalTables.left(name, region);
      return { TableDescription: last };
    },
  };
}

function tableOf({ Table }: JsonObject): JsonObject {
  return { TableDescription: Table ?? null };
}

function describedGroup({ replicas }: ReplicaGroup): JsonObject {
  return {
    GlobalTableVersion: VERSION,
    MultiRegionConsistency: 'EVENTUAL',
    Replicas: replicas.map(({ region, status }) => ({ RegionName: region, ReplicaStatus: status })),
  };
}

/** The table while its replicas are made and deleted. */
function underWay(table: JsonObject, updates: readonly ReplicaUpdate[]): JsonObject {
  const { Replicas = [] } = table;
  const made = updates.filter(({ kind }) => kind === 'Create').map((update) => update.region);
  const gone = updates.filter(({ kind }) => kind === 'Delete').map((update) => update.region);
  const replicas = (Array.isArray(Replicas) ? Replicas.filter(isJsonObject) : []).map((replica) =>
    made.includes(String(replica['RegionName']))
      ? { ...replica, ReplicaStatus: 'CREATING' }
      : replica,
  );
  const going = gone.map((region) => ({ RegionName: region, ReplicaStatus: 'DELETING' }));
  return { ...table, TableStatus: 'UPDATING', Replicas: [...replicas, ...going] };
}

/** Measured on AWS (scylladb/scylladb#29928): the stream of a replica stays on. */
function refuseInReplica(
  { StreamSpecification: stream, BillingMode }: JsonObject,
  group: ReplicaGroup | undefined,
): void {
  if (group === undefined) return;
  if (isJsonObject(stream) && stream['StreamEnabled'] === false) {
    throw invalid(
      'One or more parameter values were invalid: Disabling Stream is not allowed for a Global Table replica.',
    );
  }
  if (BillingMode === 'PROVISIONED') {
    throw invalid('Table write capacity should either be Pay-Per-Request or AutoScaled.');
  }
}

function refuseStrong(consistency: Json | undefined, updates: Json | undefined): void {
  if (consistency === undefined) return;
  if (consistency === 'STRONG') {
    throw invalid(
      'MultiRegionConsistency STRONG is not rehearsed: replicas agree some time later. Leave it out, or deploy to AWS',
    );
  }
  if (updates === undefined) {
    throw invalid('MultiRegionConsistency is only valid with a Create action in ReplicaUpdates');
  }
}
