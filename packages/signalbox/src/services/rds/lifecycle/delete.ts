import type {
  DeleteDBClusterMessage,
  DeleteDBClusterResult,
  DeleteDBInstanceMessage,
  DeleteDBInstanceResult,
} from '@aws-sdk/client-rds';
import { clusterOutput } from '../describe/describe-clusters.ts';
import { instanceOutput } from '../describe/describe-instances.ts';
import { showWriter, startFailover } from '../failover/run-failover.ts';
import type { DbCluster, DbInstance } from '../model/databases.ts';
import {
  beginActivity,
  chooseReader,
  expectStatus,
  isSecondary,
  passRole,
  readersByRank,
} from '../model/db-cluster.ts';
import {
  noteChange,
  noteInstance,
  notify,
  type RdsCall,
  type RdsContext,
} from '../model/rds-context.ts';
import { RDS_MESSAGES } from '../model/rds-messages.ts';
import {
  invalidClusterState,
  invalidInstanceState,
  invalidParameterCombination,
  required,
} from '../rds-errors.ts';

/**
 * Deletes an instance; a writer's role goes to a reader first, if there is one. AWS: DeleteDBInstance.
 * @throws {AwsError} `DBInstanceNotFoundFault`, `InvalidDBInstanceStateFault`,
 * `InvalidDBClusterStateFault`; `InvalidParameterCombination` for a final snapshot.
 */
export function deleteDbInstance(
  { rds, region }: RdsCall,
  { DBInstanceIdentifier, FinalDBSnapshotIdentifier }: DeleteDBInstanceMessage,
): DeleteDBInstanceResult {
  const name = required('DBInstanceIdentifier', DBInstanceIdentifier);
  const instance = rds.store.instance(region, name);
  const { cluster } = instance;
  if (FinalDBSnapshotIdentifier !== undefined) {
    throw invalidParameterCombination(
      'FinalDBSnapshotIdentifier can not be specified when deleting a cluster instance.',
    );
  }
  if (instance.activity?.status === 'deleting') {
    throw invalidInstanceState(`Instance ${instance.identifier} is already being deleted.`);
  }
  expectStatus(cluster, 'available', 'creating');
  instance.activity = { status: 'deleting' };
  const successor = instance.isWriter ? chooseReader(cluster) : undefined;
  if (successor !== undefined) startFailover(rds, cluster, { from: instance, to: successor });
  noteChange(rds, cluster);
  rds.timers.after(rds.timings.deleteSeconds, () => remove(rds, instance));
  return { DBInstance: instanceOutput(rds, instance) };
}

function remove(rds: RdsContext, instance: DbInstance): void {
  const { cluster } = instance;
  cluster.instances.delete(instance.identifier);
  if (instance.isWriter) {
    instance.isWriter = false;
    noteInstance(rds, instance);
    const readers = isSecondary(cluster) ? [] : readersByRank(cluster);
    passRole(cluster, chooseReader(cluster) ?? readers[0]);
  }
  if (cluster.shownWriter === instance) showWriter(cluster);
  notify(rds, instance, RDS_MESSAGES.instanceDeleted());
  noteChange(rds, cluster);
}

/**
 * Deletes a cluster whose instances are gone or going. AWS: DeleteDBCluster.
 * @throws {AwsError} `DBClusterNotFoundFault`, `InvalidDBClusterStateFault`;
 * `InvalidParameterCombination` for a protected one, or for a final snapshot.
 */
export function deleteDbCluster(
  { rds, region }: RdsCall,
  input: DeleteDBClusterMessage,
): DeleteDBClusterResult {
  const name = required('DBClusterIdentifier', input.DBClusterIdentifier);
  const cluster = rds.store.cluster(region, name);
  checkSnapshot(input);
  checkDeletable(cluster);
  beginActivity(cluster, 'deleting');
  rds.timers.after(rds.timings.deleteSeconds, () => {
    rds.store.clusters.delete(cluster);
    cluster.chronicle.replicaLag.stop(rds.clock.now().getTime());
    notify(rds, cluster, RDS_MESSAGES.clusterDeleted());
    noteChange(rds);
  });
  return { DBCluster: clusterOutput(rds, cluster) };
}

function checkSnapshot({ SkipFinalSnapshot, FinalDBSnapshotIdentifier }: DeleteDBClusterMessage) {
  if (FinalDBSnapshotIdentifier !== undefined) {
    throw invalidParameterCombination(
      SkipFinalSnapshot === true
        ? 'FinalDBSnapshotIdentifier can not be specified when SkipFinalSnapshot is enabled.'
        : 'The rehearsal has no snapshots: set SkipFinalSnapshot',
    );
  }
  if (SkipFinalSnapshot === true) return;
  throw invalidParameterCombination(
    'FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.',
  );
}

function checkDeletable(cluster: DbCluster): void {
  if (cluster.isProtected) {
    throw invalidParameterCombination(
      'Cannot delete protected Cluster, please disable deletion protection and try again.',
    );
  }
  if (cluster.membership !== undefined) {
    throw invalidClusterState(
      'This cluster is a part of a global cluster, please remove it from globalcluster first',
    );
  }
  expectStatus(cluster, 'available');
  const isGoing = ({ activity }: DbInstance) => activity?.status === 'deleting';
  if ([...cluster.instances.values()].every(isGoing)) return;
  throw invalidClusterState(
    'Cluster cannot be deleted, it still contains DB instances in non-deleting state.',
  );
}
