import type {
  FailoverGlobalClusterMessage,
  SwitchoverGlobalClusterMessage,
} from '@aws-sdk/client-rds';
import { type GlobalClusterOutput, globalOutput } from '../describe/describe-global-clusters.ts';
import type { GlobalCluster, GlobalMember } from '../model/databases.ts';
import { chooseReader, expectStatus } from '../model/db-cluster.ts';
import { expectGlobalAvailable, memberByArn, primaryOf } from '../model/global-cluster.ts';
import type { RdsCall } from '../model/rds-context.ts';
import {
  invalidClusterState,
  invalidGlobalClusterState,
  invalidParameterCombination,
  required,
} from '../rds-errors.ts';
import { startGlobalFailover, startSwitchover } from './run-switch.ts';

/** The response that a switchover or failover returns at once. */
export interface GlobalSwitchResult {
  readonly GlobalCluster: GlobalClusterOutput;
}

interface Sides {
  readonly global: GlobalCluster;
  readonly from: GlobalMember;
  readonly to: GlobalMember;
}

/**
 * Starts a switchover, which loses nothing and needs both sides whole. AWS: SwitchoverGlobalCluster.
 * @throws {AwsError} `GlobalClusterNotFoundFault`, `DBClusterNotFoundFault`;
 * `InvalidGlobalClusterStateFault` or `InvalidDBClusterStateFault` where something is amiss.
 */
export function switchoverGlobalCluster(
  call: RdsCall,
  input: SwitchoverGlobalClusterMessage,
): GlobalSwitchResult {
  const { rds } = call;
  const { global, from, to } = sidesOf(call, input);
  if (rds.store.downRegions.has(from.cluster.region)) {
    throw invalidGlobalClusterState(
      `The primary DB cluster ${from.cluster.arn} of global cluster ${global.identifier} is not reachable. To fail over, use FailoverGlobalCluster with AllowDataLoss.`,
    );
  }
  expectStatus(from.cluster, 'available');
  if (to.synchronization !== 'connected') {
    throw invalidClusterState(
      'The switchover request is not successful because replication setup is still in progress. Please retry the request later.',
    );
  }
  startSwitchover(rds, global, { from, to });
  return { GlobalCluster: globalOutput(rds, global) };
}

/**
 * Starts a failover that may lose data, or without `AllowDataLoss` a switchover.
 * AWS: FailoverGlobalCluster.
 * @throws {AwsError} `InvalidParameterCombination` for both flags; else as for a switchover.
 */
export function failoverGlobalCluster(
  call: RdsCall,
  { AllowDataLoss, Switchover, ...input }: FailoverGlobalClusterMessage,
): GlobalSwitchResult {
  if (AllowDataLoss !== undefined && Switchover !== undefined) {
    throw invalidParameterCombination(
      "AllowDataLoss can't be specified together with the Switchover parameter.",
    );
  }
  if (AllowDataLoss !== true) return switchoverGlobalCluster(call, input);
  const { global, from, to } = sidesOf(call, input);
  startGlobalFailover(call.rds, global, { from, to });
  return { GlobalCluster: globalOutput(call.rds, global) };
}

/** Checks what switchover and failover have in common: the target must be fit to take over. */
function sidesOf({ rds, region }: RdsCall, input: SwitchoverGlobalClusterMessage): Sides {
  const identifier = required('GlobalClusterIdentifier', input.GlobalClusterIdentifier);
  const target = required('TargetDbClusterIdentifier', input.TargetDbClusterIdentifier);
  const global = rds.store.global(region, identifier);
  const to = memberByArn(global, target);
  expectGlobalAvailable(global);
  const from = primaryOf(global);
  if (from === undefined || to.isPrimary) {
    throw invalidClusterState(
      `DB cluster ${target} is already the primary DB cluster of global cluster ${global.identifier}.`,
    );
  }
  if (rds.store.downRegions.has(to.cluster.region)) {
    throw invalidClusterState(`DB cluster ${target} is not reachable.`);
  }
  expectStatus(to.cluster, 'available');
  if (chooseReader(to.cluster) === undefined) {
    throw invalidClusterState(
      `DB cluster ${target} has no available DB instance that could be promoted.`,
    );
  }
  return { global, from, to };
}
