import type {
  CreateActivityInput,
  CreateActivityOutput,
  DeleteActivityInput,
  DeleteActivityOutput,
  DescribeActivityInput,
  DescribeActivityOutput,
  GetActivityTaskInput,
  GetActivityTaskOutput,
  ListActivitiesInput,
  ListActivitiesOutput,
} from '@aws-sdk/client-sfn';
import type { Caller } from '../../core/service.ts';
import { checkArn, statesArn } from '../arns.ts';
import { OWN_KEY } from '../machine-settings.ts';
import { checkLength, checkName, required } from '../members.ts';
import { page } from '../paging.ts';
import type { StatesContext } from '../states-context.ts';

/** AWS: API_GetActivityTask, "will hold the connection open for 60 seconds". */
const LONG_POLL_MS = 60_000;

/** CreateActivity: idempotent by name. */
export function createActivity(
  context: StatesContext,
  input: CreateActivityInput,
): CreateActivityOutput {
  const name = required('name', input.name);
  checkName(name);
  const arn = statesArn(context, 'activity', name);
  const existing = context.activities.find(arn);
  if (existing !== undefined) return { activityArn: arn, creationDate: existing.creationDate };
  const creationDate = context.clock.now();
  context.activities.add({ arn, name, creationDate });
  context.tags.set(arn, input.tags ?? []);
  return { activityArn: arn, creationDate };
}

/** DeleteActivity. */
export function deleteActivity(
  { activities, tags }: StatesContext,
  input: DeleteActivityInput,
): DeleteActivityOutput {
  const arn = required('activityArn', input.activityArn);
  checkArn(arn, 'activity');
  activities.remove(arn);
  tags.clear(arn);
  return {};
}

/** DescribeActivity. */
export function describeActivity(
  { activities }: StatesContext,
  input: DescribeActivityInput,
): DescribeActivityOutput {
  const { arn, name, creationDate } = activities.get(required('activityArn', input.activityArn));
  return { activityArn: arn, name, creationDate, encryptionConfiguration: OWN_KEY };
}

/** ListActivities. */
export function listActivities(
  { activities }: StatesContext,
  input: ListActivitiesInput,
): ListActivitiesOutput {
  const { items, ...next } = page('activities', activities.all(), input);
  return {
    activities: items.map(({ arn, name, creationDate }) => ({
      activityArn: arn,
      name,
      creationDate,
    })),
    ...next,
  };
}

/** GetActivityTask: a long poll; without a task it returns nothing after a minute. */
export async function getActivityTask(
  { activities, clock }: StatesContext,
  input: GetActivityTaskInput,
  { signal: hungUp }: Caller,
): Promise<GetActivityTaskOutput> {
  const arn = required('activityArn', input.activityArn);
  checkLength('workerName', input.workerName, 80);
  activities.get(arn);
  const over = new AbortController();
  const timer = clock.at(clock.now().getTime() + LONG_POLL_MS, () => over.abort(), {
    background: true,
  });
  const ends = hungUp === undefined ? over.signal : AbortSignal.any([over.signal, hungUp]);
  const task = await activities.take(arn, input.workerName, ends);
  timer.cancel();
  return task === undefined ? {} : { taskToken: task.taskToken, input: task.input };
}
