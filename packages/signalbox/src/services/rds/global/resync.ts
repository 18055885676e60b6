import { startEngine } from '../lifecycle/engine.ts';
import type { GlobalMember } from '../model/databases.ts';
import { isRunning } from '../model/db-instance.ts';
import { noteChange, notify, type RdsContext } from '../model/rds-context.ts';
import { RDS_MESSAGES } from '../model/rds-messages.ts';
import { refreshLag } from './global-lag.ts';

/** Takes a former primary's instances down until it has what the new primary has. */
export function holdDown(rds: RdsContext, member: GlobalMember): void {
  const outage = { status: 'rebooting' };
  member.synchronization = 'pending-resync';
  member.outage = outage;
  for (const instance of member.cluster.instances.values()) {
    if (isRunning(instance)) notify(rds, instance, RDS_MESSAGES.instanceShutdown());
    if (instance.activity?.status !== 'deleting') instance.activity = outage;
  }
  refreshLag(rds, member.global);
  noteChange(rds, member.cluster);
}

/** Lets a former primary rejoin, as soon as its Region is up. */
export function startResync(rds: RdsContext, member: GlobalMember): void {
  const { cluster } = member;
  if (member.synchronization === 'connected' || rds.store.downRegions.has(cluster.region)) return;
  const resync = { status: 'resync' };
  member.resync = resync;
  notify(rds, cluster, RDS_MESSAGES.resyncStarted(cluster.identifier, cluster.region));
  rds.timers.after(rds.timings.resyncSeconds, () => {
    // A Region that went down meanwhile begins again when it is back.
    if (member.resync !== resync || rds.store.downRegions.has(cluster.region)) return;
    member.synchronization = 'connected';
    letUp(rds, member);
    notify(rds, cluster, RDS_MESSAGES.resyncFinished(cluster.identifier, cluster.region));
    refreshLag(rds, member.global);
    noteChange(rds, cluster);
  });
}

/** Starts again what an outage held down. */
export function letUp(rds: RdsContext, member: GlobalMember): void {
  const { outage } = member;
  member.outage = undefined;
  member.resync = undefined;
  for (const instance of member.cluster.instances.values()) {
    if (outage === undefined || instance.activity !== outage) continue;
    instance.activity = undefined;
    startEngine(rds, instance);
  }
}
