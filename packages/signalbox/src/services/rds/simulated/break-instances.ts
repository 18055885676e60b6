import { startEngine } from '../lifecycle/engine.ts';
import type { DbInstance } from '../model/databases.ts';
import { isRunning } from '../model/db-instance.ts';
import { noteChange, notify, type RdsContext } from '../model/rds-context.ts';
import { RDS_MESSAGES } from '../model/rds-messages.ts';

/** Lets instances fail; they stay so until every fault on them has gone. */
export function breakInstances(
  rds: RdsContext,
  fault: string,
  instances: readonly DbInstance[],
): void {
  for (const instance of instances) {
    const wasRunning = isRunning(instance);
    instance.brokenBy.add(fault);
    if (!wasRunning) continue;
    notify(rds, instance, RDS_MESSAGES.instanceShutdown());
    notify(rds, instance, RDS_MESSAGES.instanceFailed());
  }
  noteChange(rds, ...new Set(instances.map(({ cluster }) => cluster)));
}

/** Mends the instances that a fault broke, and returns which they were. */
export function mendInstances(
  rds: RdsContext,
  fault: string,
  isMeant: (instance: DbInstance) => boolean,
): readonly DbInstance[] {
  const mended = [...rds.store.clusters]
    .flatMap(({ instances }) => [...instances.values()])
    .filter((instance) => isMeant(instance) && instance.brokenBy.delete(fault));
  for (const instance of mended) {
    if (!isRunning(instance)) continue;
    startEngine(rds, instance);
    notify(rds, instance, RDS_MESSAGES.recoveryComplete());
  }
  noteChange(rds, ...new Set(mended.map(({ cluster }) => cluster)));
  return mended;
}

/** Writes a list of names for a person. */
export function names(things: readonly { readonly identifier: string }[]): string {
  return things.length === 0 ? 'nothing' : things.map(({ identifier }) => identifier).join(', ');
}
