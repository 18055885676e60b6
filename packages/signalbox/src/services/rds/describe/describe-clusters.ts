import type {
  DBCluster,
  DBClusterMember,
  DBClusterMessage,
  DescribeDBClustersMessage,
} from '@aws-sdk/client-rds';
import { hostPartOf } from '../model/arn.ts';
import type { DbCluster } from '../model/databases.ts';
import { clusterStatus } from '../model/db-cluster.ts';
import type { RdsCall, RdsContext } from '../model/rds-context.ts';
import { type Filterable, keepFiltered, pageOfRecords } from './page.ts';
import { tagList } from './tag-list.ts';

const FILTERS: Filterable<DbCluster> = {
  'db-cluster-id': ({ identifier, arn }) => [identifier, arn],
  'db-cluster-resource-id': ({ resourceId }) => [resourceId],
  engine: ({ settings }) => [settings.engine],
};

/**
 * Describes a cluster, or those that fit.
 * @throws {AwsError} `DBClusterNotFoundFault`; `InvalidParameterValue` for an unknown filter.
 */
export function describeDbClusters(
  { rds, region }: RdsCall,
  input: DescribeDBClustersMessage,
): DBClusterMessage {
  const { DBClusterIdentifier } = input;
  const named =
    DBClusterIdentifier === undefined
      ? rds.store.clustersOf(region)
      : [rds.store.cluster(region, DBClusterIdentifier)];
  const { members, marker } = pageOfRecords(keepFiltered(named, input.Filters, FILTERS), input);
  return { DBClusters: members.map((cluster) => clusterOutput(rds, cluster)), ...marker };
}

/** Writes a cluster as RDS describes it. */
export function clusterOutput(rds: RdsContext, cluster: DbCluster): DBCluster {
  const { region, identifier, settings, membership } = cluster;
  const host = `${hostPartOf({ region, accountId: rds.accountId })}.${region}.rds.amazonaws.com`;
  const instances = [...cluster.instances.values()];
  const zones = new Set(instances.map(({ availabilityZone }) => availabilityZone));
  return {
    DBClusterIdentifier: identifier,
    DBClusterArn: cluster.arn,
    DbClusterResourceId: cluster.resourceId,
    Status: clusterStatus(cluster),
    Endpoint: `${identifier}.cluster-${host}`,
    ReaderEndpoint: `${identifier}.cluster-ro-${host}`,
    Port: settings.port,
    Engine: settings.engine,
    EngineVersion: settings.engineVersion,
    EngineMode: 'provisioned',
    MasterUsername: settings.masterUsername,
    ...(settings.databaseName !== undefined && { DatabaseName: settings.databaseName }),
    StorageEncrypted: settings.isEncrypted,
    BackupRetentionPeriod: cluster.backupRetentionDays,
    DeletionProtection: cluster.isProtected,
    AvailabilityZones: [...zones].sort(),
    MultiAZ: zones.size > 1,
    ClusterCreateTime: cluster.createdAt,
    DBClusterMembers: membersOf(cluster),
    ...(membership !== undefined && { GlobalClusterIdentifier: membership.global.identifier }),
    TagList: tagList(cluster.tags),
  };
}

function membersOf({ instances, shownWriter }: DbCluster): DBClusterMember[] {
  return [...instances.values()].map((instance) => ({
    DBInstanceIdentifier: instance.identifier,
    IsClusterWriter: instance === shownWriter,
    DBClusterParameterGroupStatus: 'in-sync',
    PromotionTier: instance.promotionTier,
  }));
}
