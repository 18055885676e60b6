import { shutDown } from '../lifecycle/engine.ts';
import type { Activity, DbCluster, DbInstance } from '../model/databases.ts';
import {
  beginActivity,
  chooseReader,
  endActivity,
  passRole,
  writerOf,
} from '../model/db-cluster.ts';
import { isAvailable, isRunning } from '../model/db-instance.ts';
import { noteChange, notify, type RdsContext, unlessStuck } from '../model/rds-context.ts';
import { RDS_MESSAGES } from '../model/rds-messages.ts';

/** From whom the writer's role goes to whom. */
export interface RoleChange {
  readonly from: DbInstance;
  readonly to: DbInstance;
}

/** A failover under way. */
interface Failover {
  readonly cluster: DbCluster;
  readonly activity: Activity;
  /** The writer that gives its role away; undefined for one that is made anew. */
  readonly from: DbInstance | undefined;
  readonly restart: () => void;
}

/** Lets a cluster fail over: its writer restarts as a reader while the other takes its role. */
export function startFailover(rds: RdsContext, cluster: DbCluster, change: RoleChange): void {
  const { from, to } = change;
  const { failoverSeconds, writerFlagLagSeconds } = rds.timings;
  const activity = beginActivity(cluster, 'failing-over');
  const isSameZone = from.availabilityZone === to.availabilityZone;
  const { sameZoneFailover, crossZoneFailover } = RDS_MESSAGES;
  notify(rds, cluster, (isSameZone ? sameZoneFailover : crossZoneFailover)(to.identifier));
  const restart = shutDown(rds, from, 'rebooting');
  noteChange(rds, cluster);
  const untilPromotion = Math.max(failoverSeconds + Math.min(writerFlagLagSeconds, 0), 0);
  rds.timers.after(untilPromotion, () =>
    unlessStuck(rds, [cluster.arn], () => {
      promote(cluster, change);
      if (writerFlagLagSeconds < 0) showWriter(cluster);
      noteChange(rds, cluster);
      rds.timers.after(failoverSeconds - untilPromotion, () =>
        finish(rds, { cluster, activity, from, restart }),
      );
    }),
  );
}

/**
 * Makes a new instance in the writer's place, for there is no reader to promote. AWS: "High
 * availability for Amazon Aurora": without readers "the primary instance is recreated".
 */
export function recreateWriter(rds: RdsContext, cluster: DbCluster, writer: DbInstance): void {
  const activity = beginActivity(cluster, 'failing-over');
  notify(rds, cluster, RDS_MESSAGES.promotingPrevious(writer.identifier));
  const restart = shutDown(rds, writer, 'rebooting');
  noteChange(rds, cluster);
  rds.timers.after(rds.timings.recreateWriterSeconds, () =>
    unlessStuck(rds, [cluster.arn], () => {
      // A fault of the old host does not follow the writer to the new one, unless the whole Region is down.
      if (!rds.store.downRegions.has(cluster.region)) writer.brokenBy.clear();
      finish(rds, { cluster, activity, from: undefined, restart });
    }),
  );
}

/** Passes the role on, to another reader where the chosen one has broken meanwhile. */
function promote(cluster: DbCluster, { from, to }: RoleChange): void {
  // A writer that was deleted or demoted meanwhile has no role to give away.
  if (writerOf(cluster) !== from) return;
  const isStillThere = cluster.instances.get(to.identifier) === to;
  const successor = isStillThere && isAvailable(to) ? to : chooseReader(cluster);
  if (successor !== undefined) passRole(cluster, successor);
}

function finish(rds: RdsContext, { cluster, activity, from, restart }: Failover): void {
  const isOver = endActivity(cluster, activity);
  const writer = writerOf(cluster);
  if (isOver && writer !== undefined && writer === from) {
    notify(rds, cluster, RDS_MESSAGES.promotingPrevious(writer.identifier));
  }
  restart();
  if (isOver) {
    const isDone = writer !== undefined && isRunning(writer);
    const { failoverCompleted, failoverFailed } = RDS_MESSAGES;
    notify(rds, cluster, isDone ? failoverCompleted(writer.identifier) : failoverFailed());
  }
  noteChange(rds, cluster);
  rds.timers.after(rds.timings.writerFlagLagSeconds, () => showWriter(cluster));
}

/** Shows who really writes. */
export function showWriter(cluster: DbCluster): void {
  cluster.shownWriter = writerOf(cluster);
}
