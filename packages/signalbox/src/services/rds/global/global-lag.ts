import type { GlobalCluster } from '../model/databases.ts';
import { primaryOf } from '../model/global-cluster.ts';
import type { RdsContext } from '../model/rds-context.ts';

/**
 * Lets the secondaries' lag grow where nothing reaches them: while their own Region or that of the
 * primary is down, and until a former primary has rejoined.
 */
export function refreshLag({ store, clock }: RdsContext, global: GlobalCluster): void {
  const nowMs = clock.now().getTime();
  const primary = primaryOf(global);
  for (const { cluster, isPrimary, synchronization } of global.members) {
    if (isPrimary) continue;
    const course = cluster.chronicle.globalLag;
    const isCutOff =
      store.downRegions.has(cluster.region) ||
      (primary !== undefined && store.downRegions.has(primary.cluster.region));
    if (isCutOff) course.grow('region', nowMs);
    else course.settle('region', nowMs);
    if (synchronization === 'pending-resync') course.grow('resync', nowMs);
    else course.settle('resync', nowMs);
  }
}

/** Begins to measure the lag of all secondaries behind a new primary. */
export function followPrimary(rds: RdsContext, global: GlobalCluster): void {
  const nowMs = rds.clock.now().getTime();
  const primary = primaryOf(global);
  for (const { cluster, isPrimary } of global.members) {
    const course = cluster.chronicle.globalLag;
    if (isPrimary) course.stop(nowMs);
    else course.begin(nowMs, primary?.cluster.region);
  }
  refreshLag(rds, global);
}

/** Returns the lag of a secondary behind its primary now, in milliseconds. */
export function globalLagMs({ clock }: RdsContext, cluster: GlobalCluster['members'][0]): number {
  return cluster.cluster.chronicle.globalLag.at(clock.now().getTime())?.lagMs ?? 0;
}
