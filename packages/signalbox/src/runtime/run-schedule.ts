import type { Bus } from '../bus/bus.ts';
import { UserError } from '../core/user-error.ts';
import type { App } from '../template/app.ts';
import type { OpenedSchedules } from './open-schedules.ts';

/** The app, the bus and the schedules that a schedule is looked up in. */
export interface SchedulesOfApp {
  readonly app: App;
  readonly bus: Bus;
  readonly schedules: OpenedSchedules;
}

/**
 * Lets a schedule of the template happen now, whatever its state and its times are: one of
 * EventBridge Scheduler's, or a rule that has a schedule.
 * @throws {UserError} When the template has no schedule of that logical id or name.
 */
export async function runSchedule(
  { app, bus, schedules }: SchedulesOfApp,
  wanted: string,
): Promise<void> {
  const isWanted = (one: { readonly logicalId: string; readonly name: string }): boolean =>
    one.logicalId === wanted || one.name === wanted;
  const found = app.schedules.find(isWanted);
  const schedule = found && schedules.scheduler.table.find(found.groupName, found.name);
  if (schedule !== undefined) {
    await schedules.scheduler.fire(schedule);
    return;
  }
  const rule = app.resources.find(({ logicalId }) => logicalId === wanted)?.physicalId ?? wanted;
  if (bus.fireRule(rule) !== undefined) return;
  const names = app.schedules.map(({ logicalId }) => logicalId).join(', ');
  throw new UserError('not-found', `No schedule "${wanted}": there is ${names || 'none'}`);
}
