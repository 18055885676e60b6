import {
  type DBCluster,
  DBClusterNotFoundFault,
  type DBInstance,
  DescribeDBClustersCommand,
  paginateDescribeDBInstances,
  type RDSClient,
} from '@aws-sdk/client-rds';
import { array, boolean, type InferOutput, number, object, string } from 'valibot';

/** The state of a database cluster; `isFound` is false where there is none. */
export const ClusterStateSchema = object({
  isFound: boolean(),
  status: string(),
  engine: string(),
  members: array(
    object({
      id: string(),
      isWriter: boolean(),
      promotionTier: number(),
      status: string(),
      zone: string(),
      instanceClass: string(),
    }),
  ),
});

/** The state of a database cluster. */
export type ClusterState = InferOutput<typeof ClusterStateSchema>;

const NO_CLUSTER: ClusterState = { isFound: false, status: 'not-found', engine: '', members: [] };

/** Reads a cluster and its instances, whose status the cluster itself does not tell. */
export async function readCluster(client: RDSClient, identifier: string): Promise<ClusterState> {
  const cluster = await describeCluster(client, identifier);
  if (cluster === undefined) return NO_CLUSTER;
  const instances = new Map<string, DBInstance>();
  const pages = paginateDescribeDBInstances(
    { client },
    { Filters: [{ Name: 'db-cluster-id', Values: [identifier] }] },
  );
  for await (const { DBInstances: page = [] } of pages) {
    for (const instance of page) instances.set(instance.DBInstanceIdentifier ?? '', instance);
  }
  return {
    isFound: true,
    status: cluster.Status ?? 'unknown',
    engine: cluster.Engine ?? '',
    members: (cluster.DBClusterMembers ?? []).map((member) => {
      const id = member.DBInstanceIdentifier ?? '';
      const instance = instances.get(id);
      return {
        id,
        isWriter: member.IsClusterWriter === true,
        promotionTier: member.PromotionTier ?? 15,
        status: instance?.DBInstanceStatus ?? 'unknown',
        zone: instance?.AvailabilityZone ?? '',
        instanceClass: instance?.DBInstanceClass ?? '',
      };
    }),
  };
}

/** The writer's identifier; undefined where the cluster names none. */
export function writerOf({ members }: ClusterState): string | undefined {
  return members.find(({ isWriter }) => isWriter)?.id;
}

/** An instance's status in the cluster; undefined where it is no member. */
export function statusOf({ members }: ClusterState, id: string): string | undefined {
  return members.find((member) => member.id === id)?.status;
}

/**
 * The statuses in which an instance serves: it is well, or RDS works on it beside its clients.
 * AWS: RDS User Guide, "Viewing DB instance status in an Aurora cluster".
 */
const WORKING =
  /^(available|backing-up|modifying|storage-optimization|configuring-(enhanced-monitoring|iam-database-auth|log-exports))$/;

/** Whether an instance of that status serves; one that is not there does not. */
export function isWorking(status: string | undefined): boolean {
  return status !== undefined && WORKING.test(status);
}

async function describeCluster(
  client: RDSClient,
  identifier: string,
): Promise<DBCluster | undefined> {
  try {
    const { DBClusters: clusters = [] } = await client.send(
      new DescribeDBClustersCommand({ DBClusterIdentifier: identifier }),
    );
    return clusters[0];
  } catch (error) {
    if (error instanceof DBClusterNotFoundFault) return undefined;
    throw error;
  }
}
