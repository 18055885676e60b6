import type {
  CreateScheduleGroupInput,
  CreateScheduleGroupOutput,
  GetScheduleGroupInput,
  GetScheduleGroupOutput,
  ListScheduleGroupsInput,
  ListScheduleGroupsOutput,
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  Tag,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-scheduler';
import type { ScheduleGroup } from '../schedule-table.ts';
import type { Scheduler } from '../scheduler.ts';
import { page } from './page.ts';
import { conflict, invalid, notFound, required } from './refusals.ts';

/** Handles CreateScheduleGroup. */
export function createScheduleGroup(
  { table, region, accountId, now }: Scheduler,
  { Name, Tags }: CreateScheduleGroupInput,
): CreateScheduleGroupOutput {
  const name = required(Name, 'name');
  if (table.group(name) !== undefined) throw conflict('Schedule group', name);
  const arn = `arn:aws:scheduler:${region}:${accountId}:schedule-group/${name}`;
  table.putGroup({ name, arn, createdAt: now(), tags: tagMap(Tags) });
  return { ScheduleGroupArn: arn };
}

/** Handles DeleteScheduleGroup: the schedules of the group go with it. */
export function deleteScheduleGroup(scheduler: Scheduler, input: GetScheduleGroupInput): object {
  const { name } = findGroup(scheduler, input);
  if (name === 'default') throw invalid('The default schedule group cannot be deleted.');
  scheduler.table.deleteGroup(name);
  scheduler.changed();
  return {};
}

/** Handles GetScheduleGroup. */
export function getScheduleGroup(
  scheduler: Scheduler,
  input: GetScheduleGroupInput,
): GetScheduleGroupOutput {
  return shapeOf(findGroup(scheduler, input));
}

/** Handles ListScheduleGroups. */
export function listScheduleGroups(
  { table }: Scheduler,
  input: ListScheduleGroupsInput,
): ListScheduleGroupsOutput {
  const found = table.allGroups().filter(({ name }) => name.startsWith(input.NamePrefix ?? ''));
  const { items, NextToken } = page(found, input);
  return { NextToken, ScheduleGroups: items.map(shapeOf) };
}

/** Handles ListTagsForResource. */
export function listTags(
  scheduler: Scheduler,
  input: ListTagsForResourceInput,
): ListTagsForResourceOutput {
  const { tags } = taggedGroup(scheduler, input.ResourceArn);
  return { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
}

/** Handles TagResource. */
export function tagResource(scheduler: Scheduler, input: TagResourceInput): object {
  const group = taggedGroup(scheduler, input.ResourceArn);
  scheduler.table.putGroup({ ...group, tags: new Map([...group.tags, ...tagMap(input.Tags)]) });
  return {};
}

/** Handles UntagResource. */
export function untagResource(scheduler: Scheduler, input: UntagResourceInput): object {
  const group = taggedGroup(scheduler, input.ResourceArn);
  const gone = new Set(required(input.TagKeys, 'tagKeys'));
  const tags = new Map([...group.tags].filter(([key]) => !gone.has(key)));
  scheduler.table.putGroup({ ...group, tags });
  return {};
}

function findGroup({ table }: Scheduler, { Name }: GetScheduleGroupInput): ScheduleGroup {
  const name = required(Name, 'name');
  const group = table.group(name);
  if (group === undefined) throw notFound('Schedule group', name);
  return group;
}

/** AWS: groups have tags, schedules have none. */
function taggedGroup({ table }: Scheduler, arn: string | undefined): ScheduleGroup {
  const wanted = required(arn, 'resourceArn');
  const group = table.allGroups().find((one) => one.arn === wanted);
  if (group === undefined) throw notFound('Schedule group', wanted.split('/').at(-1) ?? wanted);
  return group;
}

function shapeOf({ name, arn, createdAt }: ScheduleGroup): GetScheduleGroupOutput {
  return {
    Name: name,
    Arn: arn,
    State: 'ACTIVE',
    CreationDate: createdAt,
    LastModificationDate: createdAt,
  };
}

function tagMap(tags: readonly Tag[] | undefined): ReadonlyMap<string, string> {
  return new Map(
    (tags ?? []).map(({ Key, Value }) => [
      required(Key, 'tags.key'),
      required(Value, 'tags.value'),
    ]),
  );
}
