import type { DbInstance } from '../model/databases.ts';
import { isRunning } from '../model/db-instance.ts';
import { noteChange, notify, type RdsContext } from '../model/rds-context.ts';
import { RDS_MESSAGES } from '../model/rds-messages.ts';

/**
 * Shuts the instance's engine down and returns how to start it again, which does nothing once
 * something else is under way with it. An instance that is being deleted stays so.
 */
export function shutDown(rds: RdsContext, instance: DbInstance, status: string): () => void {
  if (isRunning(instance)) notify(rds, instance, RDS_MESSAGES.instanceShutdown());
  if (instance.activity?.status === 'deleting') return () => {};
  const activity = { status };
  instance.activity = activity;
  noteChange(rds, instance.cluster);
  return () => {
    if (instance.activity !== activity) return;
    instance.activity = undefined;
    startEngine(rds, instance);
  };
}

/** Starts an engine that stood still, unless the instance is broken. */
export function startEngine(rds: RdsContext, instance: DbInstance): void {
  if (!isRunning(instance)) return;
  instance.startedAt = rds.clock.now();
  notify(rds, instance, RDS_MESSAGES.instanceRestarted());
  noteChange(rds, instance.cluster);
}
