import type {
  ModifyDBClusterMessage,
  ModifyDBClusterResult,
  ModifyDBInstanceMessage,
  ModifyDBInstanceResult,
} from '@aws-sdk/client-rds';
import { clusterOutput } from '../describe/describe-clusters.ts';
import { instanceOutput } from '../describe/describe-instances.ts';
import type { DbInstance } from '../model/databases.ts';
import { beginActivity, clusterStatus, endActivity, expectStatus } from '../model/db-cluster.ts';
import { instanceStatus } from '../model/db-instance.ts';
import { noteChange, type RdsCall, type RdsContext } from '../model/rds-context.ts';
import {
  invalidClusterState,
  invalidInstanceState,
  invalidParameterCombination,
  refuseOthers,
  required,
} from '../rds-errors.ts';
import { checkTier } from './create-instance.ts';
import { startEngine } from './engine.ts';

const CLUSTER_SUPPORTED = [
  'ApplyImmediately',
  'BackupRetentionPeriod',
  'DBClusterIdentifier',
  'DeletionProtection',
];
const INSTANCE_SUPPORTED = [
  'ApplyImmediately',
  'DBInstanceClass',
  'DBInstanceIdentifier',
  'PromotionTier',
];

/**
 * Changes a cluster's protection or how long its backups are kept. AWS: ModifyDBCluster.
 * @throws {AwsError} `DBClusterNotFoundFault`, `InvalidDBClusterStateFault`; `InvalidParameterValue`
 * for what the rehearsal cannot change.
 */
export function modifyDbCluster(
  { rds, region }: RdsCall,
  input: ModifyDBClusterMessage,
): ModifyDBClusterResult {
  refuseOthers(input, CLUSTER_SUPPORTED);
  const name = required('DBClusterIdentifier', input.DBClusterIdentifier);
  const cluster = rds.store.cluster(region, name);
  if (clusterStatus(cluster) !== 'available') {
    throw invalidClusterState(
      `DB cluster is not available for modification with status ${clusterStatus(cluster)}`,
    );
  }
  cluster.isProtected = input.DeletionProtection ?? cluster.isProtected;
  cluster.backupRetentionDays = input.BackupRetentionPeriod ?? cluster.backupRetentionDays;
  const activity = beginActivity(cluster, 'modifying');
  rds.timers.after(rds.timings.modifySeconds, () => {
    endActivity(cluster, activity);
    noteChange(rds, cluster);
  });
  return { DBCluster: clusterOutput(rds, cluster) };
}

/**
 * Changes an instance's promotion tier or its class, which restarts it. AWS: ModifyDBInstance.
 * @throws {AwsError} `DBInstanceNotFoundFault`, `InvalidDBInstanceStateFault`,
 * `InvalidDBClusterStateFault`; `InvalidParameterValue` for what the rehearsal cannot change.
 */
export function modifyDbInstance(
  { rds, region }: RdsCall,
  input: ModifyDBInstanceMessage,
): ModifyDBInstanceResult {
  refuseOthers(input, INSTANCE_SUPPORTED);
  const name = required('DBInstanceIdentifier', input.DBInstanceIdentifier);
  const instance = rds.store.instance(region, name);
  const { DBInstanceClass = instance.instanceClass, PromotionTier = instance.promotionTier } =
    input;
  checkTier(PromotionTier);
  expectStatus(instance.cluster, 'available');
  if (instanceStatus(instance) !== 'available') {
    throw invalidInstanceState(
      `Database instance is not in available state: ${instance.identifier} is in ${instanceStatus(instance)} state.`,
    );
  }
  const isRestarted = DBInstanceClass !== instance.instanceClass;
  if (isRestarted && input.ApplyImmediately !== true) {
    throw invalidParameterCombination(
      'The rehearsal has no maintenance windows: set ApplyImmediately to change the class',
    );
  }
  instance.promotionTier = PromotionTier;
  const finish = () => {
    if (isRestarted) {
      instance.instanceClass = DBInstanceClass;
      startEngine(rds, instance);
    }
  };
  modifyFor(rds, instance, finish);
  return { DBInstance: instanceOutput(rds, instance) };
}

function modifyFor(rds: RdsContext, instance: DbInstance, finish: () => void): void {
  const activity = { status: 'modifying' };
  instance.activity = activity;
  noteChange(rds, instance.cluster);
  rds.timers.after(rds.timings.modifySeconds, () => {
    if (instance.activity !== activity) return;
    instance.activity = undefined;
    finish();
    noteChange(rds, instance.cluster);
  });
}
