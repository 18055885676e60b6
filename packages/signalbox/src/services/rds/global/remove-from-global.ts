import type { RemoveFromGlobalClusterMessage } from '@aws-sdk/client-rds';
import { globalOutput } from '../describe/describe-global-clusters.ts';
import { showWriter } from '../failover/run-failover.ts';
import type { GlobalMember } from '../model/databases.ts';
import {
  beginActivity,
  endActivity,
  expectStatus,
  passRole,
  readersByRank,
} from '../model/db-cluster.ts';
import { isAvailable } from '../model/db-instance.ts';
import { expectGlobalAvailable, memberByArn } from '../model/global-cluster.ts';
import { noteChange, type RdsCall, type RdsContext } from '../model/rds-context.ts';
import { invalidGlobalClusterState, required, serviceUnavailable } from '../rds-errors.ts';
import { letUp } from './resync.ts';
import type { GlobalSwitchResult } from './switch-global.ts';

/**
 * Detaches a member: a secondary becomes a cluster of its own with a writer. AWS: RemoveFromGlobalCluster.
 * @throws {AwsError} `GlobalClusterNotFoundFault`, `DBClusterNotFoundFault`;
 * `InvalidGlobalClusterStateFault` for a primary that others follow; `InvalidDBClusterStateFault`.
 */
export function removeFromGlobalCluster(
  { rds, region }: RdsCall,
  input: RemoveFromGlobalClusterMessage,
): GlobalSwitchResult {
  const identifier = required('GlobalClusterIdentifier', input.GlobalClusterIdentifier);
  const global = rds.store.global(region, identifier);
  const member = memberByArn(global, required('DbClusterIdentifier', input.DbClusterIdentifier));
  if (rds.store.downRegions.has(member.cluster.region)) throw serviceUnavailable();
  expectGlobalAvailable(global);
  if (member.isPrimary && global.members.length > 1) {
    throw invalidGlobalClusterState(
      `DB cluster ${member.cluster.arn} is the primary DB cluster of global cluster ${identifier}, which has secondary DB clusters: remove them first.`,
    );
  }
  expectStatus(member.cluster, 'available');
  const activity = beginActivity(member.cluster, 'promoting');
  rds.timers.after(rds.timings.promoteSeconds, () => {
    detach(rds, member);
    endActivity(member.cluster, activity);
    noteChange(rds, member.cluster);
  });
  return { GlobalCluster: globalOutput(rds, global) };
}

function detach(rds: RdsContext, member: GlobalMember): void {
  const { global, cluster } = member;
  global.members.splice(global.members.indexOf(member), 1);
  cluster.membership = undefined;
  cluster.chronicle.globalLag.stop(rds.clock.now().getTime());
  letUp(rds, member);
  if (member.isPrimary) return;
  const readers = readersByRank(cluster);
  passRole(cluster, readers.find(isAvailable) ?? readers[0]);
  showWriter(cluster);
}
