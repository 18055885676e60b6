import { showWriter } from '../failover/run-failover.ts';
import { shutDown } from '../lifecycle/engine.ts';
import type { GlobalCluster, GlobalMember, GlobalSwitch, PastSwitch } from '../model/databases.ts';
import { beginActivity, chooseReader, endActivity, passRole } from '../model/db-cluster.ts';
import { noteChange, notify, type RdsContext, unlessStuck } from '../model/rds-context.ts';
import { RDS_MESSAGES, type RdsMessage } from '../model/rds-messages.ts';
import { followPrimary, globalLagMs } from './global-lag.ts';
import { holdDown, letUp, startResync } from './resync.ts';

/** The member that gives up the primary's place, and the member that takes it. */
export interface Sides {
  readonly from: GlobalMember;
  readonly to: GlobalMember;
}

/** Seconds that the request stays pending before the work begins. */
const PENDING_SECONDS = 5;
/** A lag that RDS says it is waiting for. */
const NOTABLE_LAG_MS = 1000;
/** A switchover waits for its target to catch up, here no longer than this. */
const MAX_CATCH_UP_SECONDS = 600;

/** Lets the primary's place change without loss: writes stop until the target has all of them. */
export function startSwitchover(rds: RdsContext, global: GlobalCluster, sides: Sides): void {
  const { from, to } = sides;
  const { switchoverSeconds } = rds.timings;
  const lagMs = globalLagMs(rds, to);
  const end = begin(rds, global, sides, {
    status: 'pending',
    from: from.cluster,
    to: to.cluster,
    isDataLossAllowed: false,
    dataLossMs: 0,
  });
  const { switchoverStarted, waitingForData, oldPrimaryShutDown } = RDS_MESSAGES;
  notifyBoth(rds, sides, switchoverStarted(to.cluster.identifier, to.cluster.region));
  if (lagMs >= NOTABLE_LAG_MS) notify(rds, from.cluster, waitingForData(lagMs));
  const catchUpSeconds = Math.min(lagMs / 1000, MAX_CATCH_UP_SECONDS);
  rds.timers.after(catchUpSeconds + switchoverSeconds / 2, () => {
    const restarts = [...from.cluster.instances.values()].map((instance) =>
      shutDown(rds, instance, 'rebooting'),
    );
    notifyBoth(rds, sides, oldPrimaryShutDown(from.cluster.identifier, from.cluster.region));
    rds.timers.after(switchoverSeconds / 2, () =>
      unlessStuck(rds, [global.arn, to.cluster.arn], () => {
        const isDone = isReachable(rds, from) && takeOver(rds, global, sides);
        end(isDone ? 'switchover' : undefined);
        for (const restart of restarts) restart();
        notifySwitchoverEnd(rds, sides, isDone);
        noteChange(rds, from.cluster, to.cluster);
      }),
    );
  });
}

/** Promotes the target as it is: what it had not received is lost, and the old primary starts anew. */
export function startGlobalFailover(rds: RdsContext, global: GlobalCluster, sides: Sides): void {
  const { from, to } = sides;
  const end = begin(rds, global, sides, {
    status: 'pending',
    from: from.cluster,
    to: to.cluster,
    isDataLossAllowed: true,
    dataLossMs: globalLagMs(rds, to),
  });
  rds.timers.after(rds.timings.globalFailoverSeconds, () =>
    unlessStuck(rds, [global.arn, to.cluster.arn], () => {
      const isDone = takeOver(rds, global, sides);
      end(isDone ? 'failover' : undefined);
      const { globalFailoverCompleted, globalFailoverFailed } = RDS_MESSAGES;
      const said = isDone ? globalFailoverCompleted : globalFailoverFailed;
      notify(rds, to.cluster, said(to.cluster.identifier, to.cluster.region));
      if (isDone) {
        holdDown(rds, from);
        startResync(rds, from);
      }
      noteChange(rds, from.cluster, to.cluster);
    }),
  );
}

/** Shows both sides busy; the returned function ends that, with the kind of what has ended well. */
function begin(
  rds: RdsContext,
  global: GlobalCluster,
  { from, to }: Sides,
  switching: GlobalSwitch,
): (kind: PastSwitch['kind'] | undefined) => void {
  const status = switching.isDataLossAllowed ? 'failing-over' : 'switching-over';
  global.activity = { status };
  global.switching = switching;
  rds.timers.after(PENDING_SECONDS, () => {
    switching.status = status;
  });
  const activities = [from, to].map(({ cluster }) => ({
    cluster,
    activity: beginActivity(cluster, status),
  }));
  noteChange(rds, from.cluster, to.cluster);
  return (kind) => {
    global.activity = undefined;
    global.switching = undefined;
    for (const { cluster, activity } of activities) endActivity(cluster, activity);
    if (kind === undefined) return;
    global.lastSwitch = {
      kind,
      from: from.cluster.arn,
      to: to.cluster.arn,
      finishedAt: rds.clock.now(),
      dataLossMs: switching.dataLossMs,
    };
  };
}

/** Makes the target the primary, and returns whether it was still fit for it. */
function takeOver(rds: RdsContext, global: GlobalCluster, { from, to }: Sides): boolean {
  const writer = chooseReader(to.cluster);
  if (writer === undefined || !isReachable(rds, to)) return false;
  from.isPrimary = false;
  to.isPrimary = true;
  to.synchronization = 'connected';
  passRole(from.cluster, undefined);
  passRole(to.cluster, writer);
  showWriter(from.cluster);
  showWriter(to.cluster);
  letUp(rds, to);
  followPrimary(rds, global);
  return true;
}

function isReachable({ store }: RdsContext, { cluster }: GlobalMember): boolean {
  return !store.downRegions.has(cluster.region);
}

function notifySwitchoverEnd(rds: RdsContext, sides: Sides, isDone: boolean): void {
  const { identifier, region } = sides.to.cluster;
  const { newPrimaryPromoted, switchoverFinished, switchoverFailed } = RDS_MESSAGES;
  if (isDone) notifyBoth(rds, sides, newPrimaryPromoted(identifier, region));
  notifyBoth(rds, sides, (isDone ? switchoverFinished : switchoverFailed)(identifier, region));
}

function notifyBoth(rds: RdsContext, { from, to }: Sides, said: RdsMessage): void {
  notify(rds, from.cluster, said);
  notify(rds, to.cluster, said);
}
