import type {
  StartDBClusterMessage,
  StartDBClusterResult,
  StopDBClusterMessage,
  StopDBClusterResult,
} from '@aws-sdk/client-rds';
import { clusterOutput } from '../describe/describe-clusters.ts';
import type { DbCluster } from '../model/databases.ts';
import { beginActivity, endActivity, expectStatus } from '../model/db-cluster.ts';
import { noteChange, notify, type RdsCall, type RdsContext } from '../model/rds-context.ts';
import { RDS_MESSAGES } from '../model/rds-messages.ts';
import { invalidClusterState, required } from '../rds-errors.ts';

/**
 * Stops a cluster and its instances. AWS: StopDBCluster.
 * @throws {AwsError} `DBClusterNotFoundFault`; `InvalidDBClusterStateFault` unless it is available
 * and no member of a global cluster.
 */
export function stopDbCluster(
  { rds, region }: RdsCall,
  { DBClusterIdentifier }: StopDBClusterMessage,
): StopDBClusterResult {
  const cluster = rds.store.cluster(region, required('DBClusterIdentifier', DBClusterIdentifier));
  expectStatus(cluster, 'available');
  if (cluster.membership !== undefined) {
    throw invalidClusterState(
      `DbCluster ${cluster.identifier} is part of a global cluster and cannot be stopped.`,
    );
  }
  const activity = beginActivity(cluster, 'stopping');
  setInstances(cluster, 'stopping');
  noteChange(rds, cluster);
  rds.timers.after(rds.timings.stopSeconds, () => {
    if (!endActivity(cluster, activity)) return;
    cluster.isStopped = true;
    setInstances(cluster, 'stopped');
    notifyInstances(rds, cluster, 'instanceStopped');
    notify(rds, cluster, RDS_MESSAGES.clusterStopped());
    noteChange(rds, cluster);
  });
  return { DBCluster: clusterOutput(rds, cluster) };
}

/**
 * Starts a stopped cluster. AWS: StartDBCluster.
 * @throws {AwsError} `DBClusterNotFoundFault`; `InvalidDBClusterStateFault` unless it is stopped.
 */
export function startDbCluster(
  { rds, region }: RdsCall,
  { DBClusterIdentifier }: StartDBClusterMessage,
): StartDBClusterResult {
  const cluster = rds.store.cluster(region, required('DBClusterIdentifier', DBClusterIdentifier));
  expectStatus(cluster, 'stopped', 'inaccessible-encryption-credentials-recoverable');
  const activity = beginActivity(cluster, 'starting');
  cluster.isStopped = false;
  setInstances(cluster, 'starting');
  noteChange(rds, cluster);
  rds.timers.after(rds.timings.startSeconds, () => {
    if (!endActivity(cluster, activity)) return;
    setInstances(cluster, undefined);
    for (const instance of cluster.instances.values()) instance.startedAt = rds.clock.now();
    notifyInstances(rds, cluster, 'instanceStarted');
    notify(rds, cluster, RDS_MESSAGES.clusterStarted());
    noteChange(rds, cluster);
  });
  return { DBCluster: clusterOutput(rds, cluster) };
}

function setInstances({ instances }: DbCluster, status: string | undefined): void {
  for (const instance of instances.values()) {
    if (instance.activity?.status === 'deleting') continue;
    instance.activity = status === undefined ? undefined : { status };
  }
}

function notifyInstances(
  rds: RdsContext,
  { instances }: DbCluster,
  what: 'instanceStarted' | 'instanceStopped',
): void {
  for (const instance of instances.values()) notify(rds, instance, RDS_MESSAGES[what]());
}
