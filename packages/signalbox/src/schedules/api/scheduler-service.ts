import type {
  CreateScheduleGroupInput,
  CreateScheduleInput,
  GetScheduleGroupInput,
  GetScheduleInput,
  ListScheduleGroupsInput,
  ListSchedulesInput,
  ListTagsForResourceInput,
  TagResourceInput,
  UntagResourceInput,
  UpdateScheduleInput,
} from '@aws-sdk/client-scheduler';
import { actions, type Service } from '../../core/service.ts';
import type { Scheduler } from '../scheduler.ts';
import {
  createScheduleGroup,
  deleteScheduleGroup,
  getScheduleGroup,
  listScheduleGroups,
  listTags,
  tagResource,
  untagResource,
} from './groups.ts';
import {
  createSchedule,
  deleteSchedule,
  getSchedule,
  listSchedules,
  updateSchedule,
} from './schedules.ts';

/** EventBridge Scheduler as the endpoint serves it. */
export function createSchedulerService(scheduler: Scheduler): Service {
  return {
    name: 'scheduler',
    client: '@aws-sdk/client-scheduler',
    actions: actions({
      CreateSchedule: (input: CreateScheduleInput) => createSchedule(scheduler, input),
      UpdateSchedule: (input: UpdateScheduleInput) => updateSchedule(scheduler, input),
      DeleteSchedule: (input: GetScheduleInput) => deleteSchedule(scheduler, input),
      GetSchedule: (input: GetScheduleInput) => getSchedule(scheduler, input),
      ListSchedules: (input: ListSchedulesInput) => listSchedules(scheduler, input),
      CreateScheduleGroup: (input: CreateScheduleGroupInput) =>
        createScheduleGroup(scheduler, input),
      DeleteScheduleGroup: (input: GetScheduleGroupInput) => deleteScheduleGroup(scheduler, input),
      GetScheduleGroup: (input: GetScheduleGroupInput) => getScheduleGroup(scheduler, input),
      ListScheduleGroups: (input: ListScheduleGroupsInput) => listScheduleGroups(scheduler, input),
      ListTagsForResource: (input: ListTagsForResourceInput) => listTags(scheduler, input),
      TagResource: (input: TagResourceInput) => tagResource(scheduler, input),
      UntagResource: (input: UntagResourceInput) => untagResource(scheduler, input),
    }),
  };
}
