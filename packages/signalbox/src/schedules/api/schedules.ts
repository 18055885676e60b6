import type {
  CreateScheduleInput,
  CreateScheduleOutput,
  GetScheduleInput,
  GetScheduleOutput,
  ListSchedulesInput,
  ListSchedulesOutput,
  UpdateScheduleInput,
  UpdateScheduleOutput,
} from '@aws-sdk/client-scheduler';
import { readSchedule, type Schedule, type ScheduleDefinition } from '../schedule.ts';
import type { Scheduler } from '../scheduler.ts';
import { page } from './page.ts';
import { conflict, invalid, notFound, required } from './refusals.ts';
import { definitionOf, shapeOf } from './schedule-shape.ts';

/** Handles CreateSchedule. */
export function createSchedule(
  scheduler: Scheduler,
  input: CreateScheduleInput,
): CreateScheduleOutput {
  const { table } = scheduler;
  const definition = definitionOf(input, scheduler);
  const { name, groupName, arn } = definition;
  const schedule = read(scheduler, definition);
  if (table.group(groupName) === undefined) throw notFound('Schedule group', groupName);
  if (table.find(groupName, name) !== undefined) throw conflict('Schedule', name);
  table.put(schedule);
  scheduler.changed();
  return { ScheduleArn: arn };
}

/** Handles UpdateSchedule, which replaces the whole schedule; one of the template's until the template changes it. */
export function updateSchedule(
  scheduler: Scheduler,
  input: UpdateScheduleInput,
): UpdateScheduleOutput {
  const definition = definitionOf(input, scheduler);
  const { createdAt } = findSchedule(scheduler, input);
  scheduler.table.put({ ...read(scheduler, definition), createdAt });
  scheduler.changed();
  return { ScheduleArn: definition.arn };
}

/** Handles DeleteSchedule. */
export function deleteSchedule(scheduler: Scheduler, input: GetScheduleInput): object {
  scheduler.table.delete(findSchedule(scheduler, input));
  scheduler.changed();
  return {};
}

/** Handles GetSchedule. */
export function getSchedule(scheduler: Scheduler, input: GetScheduleInput): GetScheduleOutput {
  const { definition, createdAt, modifiedAt } = findSchedule(scheduler, input);
  return { ...shapeOf(definition), CreationDate: createdAt, LastModificationDate: modifiedAt };
}

/** Handles ListSchedules. */
export function listSchedules(
  { table }: Scheduler,
  input: ListSchedulesInput,
): ListSchedulesOutput {
  const { GroupName, NamePrefix = '', State } = input;
  if (GroupName !== undefined && table.group(GroupName) === undefined) {
    throw notFound('Schedule group', GroupName);
  }
  const found = table
    .all()
    .filter(
      ({ definition: { name, groupName, state } }) =>
        name.startsWith(NamePrefix) &&
        (GroupName === undefined || groupName === GroupName) &&
        (State === undefined || state === State),
    );
  const { items, NextToken } = page(found, input);
  return {
    NextToken,
    Schedules: items.map(({ definition, createdAt, modifiedAt }) => ({
      Arn: definition.arn,
      Name: definition.name,
      GroupName: definition.groupName,
      State: definition.state,
      CreationDate: createdAt,
      LastModificationDate: modifiedAt,
      Target: { Arn: definition.target.arn },
    })),
  };
}

/**
 * The schedule of a name in a group; without one, the group `default`.
 * @throws {AwsError} ResourceNotFoundException
 */
export function findSchedule(
  { table }: Scheduler,
  { Name, GroupName = 'default' }: GetScheduleInput,
): Schedule {
  const name = required(Name, 'name');
  const schedule = table.find(GroupName, name);
  if (schedule === undefined) throw notFound('Schedule', name);
  return schedule;
}

function read(scheduler: Scheduler, definition: ScheduleDefinition): Schedule {
  const schedule = readSchedule(definition, scheduler.now());
  if (schedule.ok) return schedule.value;
  throw invalid(schedule.problems[0]?.message ?? '');
}
