import type { FailoverDBClusterMessage, FailoverDBClusterResult } from '@aws-sdk/client-rds';
import { clusterOutput } from '../describe/describe-clusters.ts';
import type { DbCluster, DbInstance } from '../model/databases.ts';
import { chooseReader, expectStatus, isSecondary, writerOf } from '../model/db-cluster.ts';
import { instanceStatus } from '../model/db-instance.ts';
import type { RdsCall } from '../model/rds-context.ts';
import { invalidClusterState, invalidInstanceState, required } from '../rds-errors.ts';
import { recreateWriter, startFailover } from './run-failover.ts';

/**
 * Starts a failover and returns at once, with the cluster `failing-over`. AWS: FailoverDBCluster.
 * @throws {AwsError} `DBClusterNotFoundFault`; `InvalidDBClusterStateFault` unless it is available;
 * `DBInstanceNotFoundFault` or `InvalidDBInstanceStateFault` for a target that cannot be promoted.
 */
export function failoverDbCluster(
  call: RdsCall,
  { DBClusterIdentifier, TargetDBInstanceIdentifier }: FailoverDBClusterMessage,
): FailoverDBClusterResult {
  const { rds, region } = call;
  const cluster = rds.store.cluster(region, required('DBClusterIdentifier', DBClusterIdentifier));
  expectStatus(cluster, 'available');
  const writer = writerToReplace(cluster);
  const target =
    TargetDBInstanceIdentifier === undefined
      ? chooseReader(cluster)
      : namedTarget(call, cluster, TargetDBInstanceIdentifier);
  if (target === undefined) recreateWriter(rds, cluster, writer);
  else startFailover(rds, cluster, { from: writer, to: target });
  return { DBCluster: clusterOutput(rds, cluster) };
}

function writerToReplace(cluster: DbCluster): DbInstance {
  if (isSecondary(cluster)) {
    throw invalidClusterState(
      `DbCluster ${cluster.identifier} is a secondary cluster of global cluster ${cluster.membership?.global.identifier} and has no writer to fail over.`,
    );
  }
  const writer = writerOf(cluster);
  if (writer === undefined) {
    throw invalidClusterState(`DbCluster ${cluster.identifier} has no DB instances.`);
  }
  return writer;
}

function namedTarget({ rds, region }: RdsCall, cluster: DbCluster, name: string): DbInstance {
  const target = rds.store.instance(region, name);
  if (target.cluster !== cluster) {
    throw invalidInstanceState(
      `DB instance ${target.identifier} is not a member of DB cluster ${cluster.identifier}.`,
    );
  }
  if (target.isWriter) {
    throw invalidInstanceState(
      `DB instance ${target.identifier} is already the writer of DB cluster ${cluster.identifier}.`,
    );
  }
  const status = instanceStatus(target);
  if (status === 'available') return target;
  throw invalidInstanceState(
    `DB instance ${target.identifier} is in ${status} state but expected it to be one of available.`,
  );
}
