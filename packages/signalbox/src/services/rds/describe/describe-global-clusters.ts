import type {
  DescribeGlobalClustersMessage,
  FailoverState,
  GlobalClusterMember,
  GlobalCluster as SdkGlobalCluster,
} from '@aws-sdk/client-rds';
import { hostPartOf } from '../model/arn.ts';
import type { GlobalCluster } from '../model/databases.ts';
import { globalStatus, primaryOf } from '../model/global-cluster.ts';
import type { RdsCall, RdsContext } from '../model/rds-context.ts';
import { type Filterable, keepFiltered, pageOfRecords } from './page.ts';
import { tagList } from './tag-list.ts';

// AWS: `switching-over` is documented (FailoverState), and missing from the SDK's enumeration.
interface OpenFailoverState extends Omit<FailoverState, 'Status'> {
  readonly Status: string;
}

/** A global cluster as RDS describes it. */
export interface GlobalClusterOutput extends Omit<SdkGlobalCluster, 'FailoverState'> {
  readonly FailoverState?: OpenFailoverState;
}

/** A page of global clusters. */
export interface GlobalClustersPage {
  readonly GlobalClusters: readonly GlobalClusterOutput[];
  readonly Marker?: string;
}

const FILTERS: Filterable<GlobalCluster> = {
  region: ({ members }) => members.map(({ cluster }) => cluster.region),
};

/**
 * Describes a global cluster, or those with a member in the Region that was asked.
 * @throws {AwsError} `GlobalClusterNotFoundFault`; `InvalidParameterValue` for an unknown filter.
 */
export function describeGlobalClusters(
  { rds, region }: RdsCall,
  input: DescribeGlobalClustersMessage,
): GlobalClustersPage {
  const { GlobalClusterIdentifier } = input;
  const named =
    GlobalClusterIdentifier === undefined
      ? rds.store.globalsOf(region)
      : [rds.store.global(region, GlobalClusterIdentifier)];
  const { members, marker } = pageOfRecords(keepFiltered(named, input.Filters, FILTERS), input);
  return { GlobalClusters: members.map((global) => globalOutput(rds, global)), ...marker };
}

/** Writes a global cluster as RDS describes it. */
export function globalOutput(rds: RdsContext, global: GlobalCluster): GlobalClusterOutput {
  const { identifier, switching } = global;
  const settings = primaryOf(global)?.cluster.settings;
  const host = hostPartOf({ region: 'global', accountId: rds.accountId });
  return {
    GlobalClusterIdentifier: identifier,
    GlobalClusterArn: global.arn,
    GlobalClusterResourceId: global.resourceId,
    Status: globalStatus(global),
    Endpoint: `${identifier}.global-${host}.global.rds.amazonaws.com`,
    ...(settings !== undefined && {
      Engine: settings.engine,
      EngineVersion: settings.engineVersion,
      StorageEncrypted: settings.isEncrypted,
    }),
    DeletionProtection: false,
    GlobalClusterMembers: membersOf(global),
    ...(switching !== undefined && {
      FailoverState: {
        Status: switching.status,
        FromDbClusterArn: switching.from.arn,
        ToDbClusterArn: switching.to.arn,
        IsDataLossAllowed: switching.isDataLossAllowed,
      },
    }),
    TagList: tagList(global.tags),
  };
}

function membersOf({ members }: GlobalCluster): GlobalClusterMember[] {
  const readers = members.filter(({ isPrimary }) => !isPrimary).map(({ cluster }) => cluster.arn);
  return members.map(({ cluster, isPrimary, synchronization }) => ({
    DBClusterArn: cluster.arn,
    IsWriter: isPrimary,
    Readers: isPrimary ? readers : [],
    SynchronizationStatus: synchronization,
  }));
}
