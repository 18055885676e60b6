import type { KeptMaps } from '../core/kept-maps.ts';
import { readSchedule, type Schedule } from './schedule.ts';

/** A group of schedules. */
export interface ScheduleGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
  readonly tags: ReadonlyMap<string, string>;
}

/** Schedules and groups; those of the template are replaced together, those of the API stay. */
export class ScheduleTable {
  private readonly groups: Map<string, ScheduleGroup>;
  private readonly schedules: Map<string, Schedule>;
  /** The template's schedules as text, as they were when it was last read. */
  private readonly templateTexts: Map<string, string>;
  /** The expressions of one-time schedules whose time has come, by the schedules' keys. */
  private readonly done: Map<string, string>;
  private templateGroups: ReadonlySet<string> = new Set();
  private templateSchedules: ReadonlySet<string>;

  constructor(maps: KeptMaps) {
    this.groups = maps.map('scheduler/groups');
    this.schedules = maps.map('scheduler/schedules', {
      store: ({ expression: _, ...schedule }) => schedule,
      restore: restoreSchedule,
    });
    this.templateTexts = maps.map('scheduler/template-schedules');
    this.done = maps.map('scheduler/done');
    this.templateSchedules = new Set(this.templateTexts.keys());
  }

  /** Takes the template's groups and schedules in place of those before; what did not change goes on. */
  replace(groups: readonly ScheduleGroup[], schedules: readonly Schedule[]): void {
    const groupNames = new Set(groups.map(({ name }) => name));
    for (const name of this.templateGroups) if (!groupNames.has(name)) this.groups.delete(name);
    for (const group of groups) if (!this.groups.has(group.name)) this.putGroup(group);
    const keys = new Set(schedules.map(keyOf));
    for (const key of this.templateSchedules) {
      if (keys.has(key)) continue;
      this.forget(key);
      this.templateTexts.delete(key);
    }
    for (const schedule of schedules) {
      const before = this.schedules.get(keyOf(schedule));
      const text = JSON.stringify(schedule.definition);
      // As CloudFormation: a change by the API stays until the template changes the schedule too.
      if (before !== undefined && this.templateTexts.get(keyOf(schedule)) === text) continue;
      this.templateTexts.set(keyOf(schedule), text);
      this.put(before === undefined ? schedule : { ...schedule, createdAt: before.createdAt });
    }
    this.templateGroups = groupNames;
    this.templateSchedules = keys;
  }

  put(schedule: Schedule): void {
    this.schedules.set(keyOf(schedule), schedule);
  }

  find(groupName: string, name: string): Schedule | undefined {
    return this.schedules.get(`${groupName}/${name}`);
  }

  delete(schedule: Schedule): void {
    this.forget(keyOf(schedule));
  }

  /** Keeps that the time of a one-time schedule has come. */
  finish(schedule: Schedule): void {
    if (schedule.expression.kind === 'at') this.done.set(keyOf(schedule), timeTextOf(schedule));
  }

  /** Whether the time of a one-time schedule is still to come, or passed while no process ran. */
  isOpen(schedule: Schedule): boolean {
    return (
      schedule.expression.kind === 'at' && this.done.get(keyOf(schedule)) !== timeTextOf(schedule)
    );
  }

  private forget(key: string): void {
    this.schedules.delete(key);
    this.done.delete(key);
  }

  isOfTemplate(schedule: Schedule): boolean {
    return this.templateSchedules.has(keyOf(schedule));
  }

  all(): readonly Schedule[] {
    return [...this.schedules.values()];
  }

  putGroup(group: ScheduleGroup): void {
    this.groups.set(group.name, group);
  }

  group(name: string): ScheduleGroup | undefined {
    return this.groups.get(name);
  }

  allGroups(): readonly ScheduleGroup[] {
    return [...this.groups.values()];
  }

  /** Takes a group away, and the schedules in it. */
  deleteGroup(name: string): void {
    this.groups.delete(name);
    for (const schedule of this.all()) {
      if (schedule.definition.groupName === name) this.delete(schedule);
    }
  }
}

function restoreSchedule({
  definition,
  createdAt,
  modifiedAt,
}: Omit<Schedule, 'expression'>): Schedule {
  const schedule = readSchedule(definition, createdAt);
  if (schedule.ok) return { ...schedule.value, modifiedAt };
  throw new TypeError(`Cannot read the schedule ${definition.name} again`);
}

function timeTextOf({ definition }: Schedule): string {
  return `${definition.scheduleExpression} ${definition.timeZone}`;
}

/** Identifies a schedule: a name is unique within its group only. */
export function keyOf({ definition }: Schedule): string {
  return `${definition.groupName}/${definition.name}`;
}
