import { invalidClusterState } from '../rds-errors.ts';
import type { Activity, DbCluster, DbInstance } from './databases.ts';
import { classSize, isAvailable } from './db-instance.ts';

/** The engines that the rehearsal knows, each with its usual port. */
export const ENGINE_PORTS: Readonly<Record<string, number>> = {
  'aurora-mysql': 3306,
  'aurora-postgresql': 5432,
};

/** The cluster's status as RDS describes it. */
export function clusterStatus({ activity, isStopped, heldBy }: DbCluster): string {
  if (activity !== undefined) return activity.status;
  if (isStopped) return 'stopped';
  return heldBy.size > 0 ? 'modifying' : 'available';
}

/** Returns whether the cluster only follows the primary of its global cluster: then it has no writer. */
export function isSecondary({ membership }: DbCluster): boolean {
  return membership !== undefined && !membership.isPrimary;
}

/** The instance that writes; undefined in a secondary, and in a cluster without instances. */
export function writerOf({ instances }: DbCluster): DbInstance | undefined {
  return [...instances.values()].find(({ isWriter }) => isWriter);
}

/**
 * Chooses whom Aurora promotes: among the available readers the one of the lowest tier, then of the
 * largest class. AWS leaves further ties open; here the identifier decides, so that runs repeat.
 * AWS: "Fault tolerance for an Aurora DB cluster" of the Aurora user guide.
 */
export function chooseReader(cluster: DbCluster): DbInstance | undefined {
  return readersByRank(cluster).find(isAvailable);
}

/** Every reader, whom Aurora would promote first at the front. */
export function readersByRank({ instances }: DbCluster): readonly DbInstance[] {
  return [...instances.values()].filter(({ isWriter }) => !isWriter).sort(byRank);
}

function byRank(left: DbInstance, right: DbInstance): number {
  return (
    left.promotionTier - right.promotionTier ||
    classSize(right.instanceClass) - classSize(left.instanceClass) ||
    left.identifier.localeCompare(right.identifier)
  );
}

/** Passes the writer's role on; in a global cluster's new secondary to nobody. */
export function passRole({ instances }: DbCluster, to: DbInstance | undefined): void {
  for (const instance of instances.values()) instance.isWriter = instance === to;
}

/** Lets something be under way with a cluster, in place of what was. */
export function beginActivity(cluster: DbCluster, status: string): Activity {
  const activity = { status };
  cluster.activity = activity;
  return activity;
}

/** Ends what is under way, and returns whether it still was. */
export function endActivity(cluster: DbCluster, activity: Activity): boolean {
  if (cluster.activity !== activity) return false;
  cluster.activity = undefined;
  return true;
}

/** @throws {AwsError} `InvalidDBClusterStateFault` unless the cluster is in one of the states. */
export function expectStatus(cluster: DbCluster, ...expected: readonly string[]): void {
  const status = clusterStatus(cluster);
  if (expected.includes(status)) return;
  throw invalidClusterState(
    `DbCluster ${cluster.identifier} is in ${status} state but expected it to be one of ${expected.join(',')}.`,
  );
}
