import type { JsonObject } from '../../../core/json.ts';
import { isJsonObject } from '../../../core/json.ts';
import type { Replica } from './replica.ts';
import { type ReplicaGroup, type ReplicaGroups, recordIn } from './replica-groups.ts';
import { invalid } from './replica-updates.ts';

/** AWS: a replica that another was made of stays for a day. */
const SOURCE_MS = 24 * 3_600_000;

/** The replicas of tables, as they are made and deleted. */
export interface Replicas {
  /**
   * Makes a replica in another Region and fills it.
   * @throws {AwsError} `ValidationException` where there is a table of that name, or where this one's
   * capacity is provisioned.
   */
  create(tableName: string, place: { readonly from: string; readonly to: string }): Promise<void>;
  /** Deletes the replica of another Region, with its items. @throws {AwsError} Where there is none, or it has to stay. */
  delete(tableName: string, place: { readonly from: string; readonly to: string }): Promise<void>;
  /** Takes a replica out whose table was deleted. */
  left(tableName: string, region: string): Promise<void>;
  /** @throws {AwsError} Where another was made of the replica within a day. */
  mustBeDeletable(tableName: string, region: string): void;
  /** The other replicas of a table. @throws {AwsError} `ServiceUnavailable` where one of them is down. */
  peersOf(tableName: string, region: string): Promise<readonly Replica[]>;
  /** Fills the replicas on which an earlier process was at work when it ended. */
  goOn(): Promise<void>;
}

/** The record of global tables, and their Regions. */
export interface ReplicasOptions {
  readonly groups: ReplicaGroups;
  /** Those of the Regions that are open. */
  readonly replicas: ReadonlyMap<string, Replica>;
  /** Opens a Region, unless it is open. @throws {AwsError} Where DynamoDB is down there. */
  readonly replicaIn: (region: string) => Promise<Replica>;
  readonly nowMs: () => number;
}

/** Makes what makes replicas. */
export function createReplicas(options: ReplicasOptions): Replicas {
  const { groups, replicas, replicaIn, nowMs } = options;

  async function fill(tableName: string, from: Replica, to: Replica): Promise<void> {
    for await (const item of from.items(tableName)) await to.fill(tableName, item);
    groups.isFilled(to.region, tableName);
  }

  async function left(tableName: string, region: string): Promise<void> {
    const peers = groups.peersOf(region, tableName);
    groups.remove(region, tableName);
    for (const peer of peers) await replicas.get(peer)?.log.drop(region, tableName);
    await replicas.get(region)?.log.dropAll(tableName);
  }

  function mustBeDeletable(tableName: string, region: string): void {
    const group = groups.find(region, tableName);
    const lastSourceMs = group && recordIn(group, region)?.lastSourceMs;
    if (lastSourceMs === undefined || lastSourceMs + SOURCE_MS <= nowMs()) return;
    throw invalid(
      'Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the table in the last 24 hours.',
    );
  }

  return {
    mustBeDeletable,
    left,
    async create(tableName, { from, to }) {
      const [source, target] = [await replicaIn(from), await replicaIn(to)];
      const described = (await source.describe(tableName)) ?? {};
      mustBeOnDemand(described);
      if ((await target.describe(tableName)) !== undefined) throw isTable(tableName);
      const view = await source.ensureStream(tableName);
      await target.make(described, { view, timeToLiveAttribute: source.timeToLiveOf(tableName) });
      // From here on every write is heard of, so that none is missed while the items are copied.
      groups.add(tableName, { from, to }, nowMs());
      await fill(tableName, source, target);
    },
    async delete(tableName, { from, to }) {
      if (!groups.peersOf(from, tableName).includes(to)) throw noReplica();
      mustBeDeletable(tableName, to);
      const target = await replicaIn(to);
      await target.remove(tableName);
      await left(tableName, to);
    },
    peersOf: (tableName, region) =>
      Promise.all(groups.peersOf(region, tableName).map((peer) => replicaIn(peer))),
    async goOn() {
      for (const { tableName, region, madeFrom } of groups.all().flatMap(unfilled)) {
        await fill(tableName, await replicaIn(madeFrom), await replicaIn(region));
      }
    },
  };
}

function unfilled({ tableName, replicas }: ReplicaGroup) {
  return replicas.flatMap(({ region, status, madeFrom }) =>
    status === 'CREATING' && madeFrom !== undefined ? [{ tableName, region, madeFrom }] : [],
  );
}

/** AWS's own message (hashicorp/terraform-provider-aws#13097): there is no auto scaling of tables here. */
function mustBeOnDemand({ BillingModeSummary: summary }: JsonObject): void {
  if (isJsonObject(summary) && summary['BillingMode'] === 'PAY_PER_REQUEST') return;
  throw invalid('Table write capacity should either be Pay-Per-Request or AutoScaled.');
}

function isTable(tableName: string): Error {
  return invalid(
    `Failed to create a the new replica of table with name: '${tableName}' because one or more replicas already existed as tables.`,
  );
}

function noReplica(): Error {
  return invalid(
    'Replica specified in the Replica Update or Replica Delete action of the request was not found.',
  );
}
