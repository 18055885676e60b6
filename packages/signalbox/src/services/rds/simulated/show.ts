import type { Json, JsonObject } from '../../../core/json.ts';
import { entryAt } from '../model/chronicle.ts';
import type { DbCluster, DbInstance, GlobalCluster } from '../model/databases.ts';
import { clusterStatus, writerOf } from '../model/db-cluster.ts';
import { instanceStatus, isRunning } from '../model/db-instance.ts';
import { globalStatus } from '../model/global-cluster.ts';
import type { RdsContext } from '../model/rds-context.ts';

/** Shows the databases at a glance, by Region. */
export function showDatabases(rds: RdsContext): JsonObject {
  const { store } = rds;
  const regions = [...new Set([...store.clusters].map(({ region }) => region))].sort();
  return {
    regions: Object.fromEntries(
      regions.map((region) => [
        region,
        {
          status: store.downRegions.has(region) ? 'down' : 'up',
          clusters: Object.fromEntries(
            store
              .clustersOf(region)
              .map((cluster) => [cluster.identifier, showCluster(rds, cluster)]),
          ),
        },
      ]),
    ),
    globalClusters: Object.fromEntries(
      [...store.globals].map((global) => [global.identifier, showGlobal(rds, global)]),
    ),
  };
}

function showCluster(rds: RdsContext, cluster: DbCluster): JsonObject {
  const instances = [...cluster.instances.values()];
  const writer = writerOf(cluster);
  return {
    status: clusterStatus(cluster),
    writer: writer === undefined ? null : showInstance(rds, writer),
    readers: instances
      .filter((instance) => instance !== writer)
      .map((instance) => showInstance(rds, instance)),
  };
}

function showInstance({ clock }: RdsContext, instance: DbInstance): JsonObject {
  const { identifier, instanceClass, availabilityZone, promotionTier, chronicle, cluster } =
    instance;
  const nowMs = clock.now().getTime();
  const isFollower =
    entryAt(chronicle, nowMs)?.isWriter === false && writerOf(cluster) !== undefined;
  const lag = isFollower && isRunning(instance) && cluster.chronicle.replicaLag.at(nowMs);
  return {
    identifier,
    status: instanceStatus(instance),
    instanceClass,
    availabilityZone,
    promotionTier,
    ...(lag && { replicaLagMs: lag.lagMs }),
  };
}

function showGlobal({ clock }: RdsContext, global: GlobalCluster): JsonObject {
  const { switching, lastSwitch, members } = global;
  const nowMs = clock.now().getTime();
  return {
    status: globalStatus(global),
    members: members.map(({ cluster, isPrimary, synchronization }): Json => {
      const lag = cluster.chronicle.globalLag.at(nowMs);
      return {
        cluster: cluster.arn,
        role: isPrimary ? 'primary' : 'secondary',
        synchronization,
        ...(lag !== undefined && { lagMs: lag.lagMs }),
      };
    }),
    ...(switching !== undefined && {
      underWay: {
        status: switching.status,
        to: switching.to.arn,
        isDataLossAllowed: switching.isDataLossAllowed,
      },
    }),
    ...(lastSwitch !== undefined && {
      lastSwitch: { ...lastSwitch, finishedAt: lastSwitch.finishedAt.toISOString() },
    }),
  };
}
