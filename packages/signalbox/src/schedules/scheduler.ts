import { ownPromise } from '../core/bugs/own-promise.ts';
import { type KeptMaps, unkeptMaps } from '../core/kept-maps.ts';
import { type Problem, problemText } from '../core/result.ts';
import { unlessFull } from '../core/unless-full.ts';
import { UserError } from '../core/user-error.ts';
import type { App } from '../template/app.ts';
import { createInvoker, type InvokerOptions } from './invoker.ts';
import type { InvocationResult } from './run-invocation.ts';
import { occurrencesOf, readSchedule, type Schedule } from './schedule.ts';
import { keyOf, ScheduleTable } from './schedule-table.ts';
import { createTimetable, type TimetableEntry } from './timetable.ts';

/** The clock and services of EventBridge Scheduler. */
export interface SchedulerOptions extends Omit<InvokerOptions, 'maps'> {
  /** A number in [0, 1). */
  random(): number;
  readonly accountId: string;
  readonly region: string;
  /** Whether the template's schedules wait for `release`; those that the API makes never do. */
  readonly holdsTemplate?: boolean | undefined;
  /** Keeps groups, schedules and calls under way; in memory unless given. */
  readonly maps?: KeptMaps;
  /** Called with the key of a schedule that waits for real time from now on. */
  readonly onPause?: (key: string) => void;
}

/** EventBridge Scheduler. */
export interface Scheduler {
  readonly accountId: string;
  readonly region: string;
  readonly table: ScheduleTable;
  now(): Date;
  /**
   * Takes the template's groups and schedules in place of those before.
   * @throws {UserError} `invalid`, with all that is wrong and its place; what was loaded before stays.
   */
  load(parts: Pick<App, 'scheduleGroups' | 'schedules'>): void;
  /** Follows what changed in the table. */
  changed(): void;
  /** When a schedule calls its target next, in Unix milliseconds; undefined for never. */
  next(schedule: Schedule): number | undefined;
  /** Calls a schedule's target now, whatever its state and its times. */
  fire(schedule: Schedule): Promise<InvocationResult>;
  /**
   * Goes on with the calls that an earlier process has left; to be called once, when the targets are
   * in place.
   */
  resume(): void;
  /** Lets the template's schedules call their targets, where they were held. */
  release(): void;
  close(): void;
}

/** Makes EventBridge Scheduler with the group `default` and no schedules. */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { clock, random, accountId, region, maps = unkeptMaps } = options;
  const table = new ScheduleTable(maps);
  const invoker = createInvoker({ ...options, maps });
  const timetable = createTimetable(clock, random, options.onPause);
  if (table.group('default') === undefined) {
    table.putGroup(groupOf('default', groupArn('default')));
  }

  function groupArn(name: string): string {
    return `arn:aws:scheduler:${region}:${accountId}:schedule-group/${name}`;
  }

  function groupOf(name: string, arn: string) {
    return { name, arn, createdAt: clock.now(), tags: new Map<string, string>() };
  }

  function entryOf(schedule: Schedule): TimetableEntry {
    const { definition } = schedule;
    const { scheduleExpression, timeZone, startDate, endDate, windowMinutes } = definition;
    return {
      ...occurrencesOf(schedule),
      key: keyOf(schedule),
      version: JSON.stringify([scheduleExpression, timeZone, startDate, endDate, windowMinutes]),
      windowMs: (windowMinutes ?? 0) * 60_000,
      isHeld: options.holdsTemplate === true && table.isOfTemplate(schedule),
      afterMs: table.isOpen(schedule) ? schedule.modifiedAt.getTime() - 1 : undefined,
      fire(plannedMs) {
        void ownPromise(invoker.begin(definition, new Date(plannedMs)), options.onBug);
        unlessFull(() => table.finish(schedule));
      },
      onEnd() {
        if (!definition.isDeletedAfterCompletion) return;
        table.delete(schedule);
        changed();
      },
    };
  }

  function changed(): void {
    const enabled = table.all().filter(({ definition }) => definition.state === 'ENABLED');
    timetable.set(enabled.map(entryOf));
  }

  return {
    accountId,
    region,
    table,
    now: () => clock.now(),
    load(parts) {
      const schedules = readAll(parts, clock.now());
      const groups = parts.scheduleGroups.map(({ name, arn }) => groupOf(name, arn));
      table.replace(groups, schedules);
      changed();
    },
    changed,
    next: (schedule) => timetable.next(keyOf(schedule)),
    fire: ({ definition }) => invoker.begin(definition, clock.now()),
    resume: invoker.resume,
    release: timetable.release,
    close: timetable.close,
  };
}

function readAll(
  { schedules, scheduleGroups }: Pick<App, 'scheduleGroups' | 'schedules'>,
  now: Date,
): readonly Schedule[] {
  const problems: Problem[] = [];
  const groups = new Set(['default', ...scheduleGroups.map(({ name }) => name)]);
  const read = schedules.flatMap(({ logicalId: _, place, ...definition }) => {
    const { file, line } = place;
    const at = { file, line, path: definition.name };
    if (!groups.has(definition.groupName)) {
      problems.push({ ...at, message: `Schedule group ${definition.groupName} does not exist.` });
    }
    const schedule = readSchedule({ ...definition, isDeletedAfterCompletion: false }, now);
    if (schedule.ok) return [schedule.value];
    problems.push(...schedule.problems.map((problem) => ({ ...problem, ...at })));
    return [];
  });
  if (problems.length === 0) return read;
  throw new UserError('invalid', problems.map(problemText).join('\n'));
}
