import type { Group, GroupActivity, GroupInstance } from '../group/group.ts';
import type { ScalingContext } from './scaling-context.ts';

// AWS keeps the activities of six weeks; a group in trouble makes thousands.
const MAX_ACTIVITIES = 1_000;

/** The facts that an activity begins with. */
export interface ActivityStart {
  readonly event: GroupActivity['event'];
  readonly zone: string;
  readonly cause: string;
  /** Undefined where none came to be. */
  readonly instance: GroupInstance | undefined;
}

/** Begins an activity. */
export function beginActivity(
  { clock, uuid }: ScalingContext,
  group: Group,
  { event, zone, cause, instance }: ActivityStart,
): GroupActivity {
  const activity: GroupActivity = {
    id: uuid(),
    event,
    instanceId: instance?.id,
    zone,
    description: descriptionOf(event, instance),
    cause,
    startMs: clock.now().getTime(),
    endMs: undefined,
    status: 'InProgress',
    statusMessage: undefined,
  };
  group.activities.push(activity);
  if (group.activities.length > MAX_ACTIVITIES) group.activities.shift();
  return activity;
}

function descriptionOf(event: GroupActivity['event'], instance: GroupInstance | undefined): string {
  const verb = event === 'Launch' ? 'Launching a new' : 'Terminating';
  return instance === undefined ? `${verb} EC2 instance` : `${verb} EC2 instance: ${instance.id}`;
}

/** Ends an activity and notifies of it. */
export function endActivity(
  context: ScalingContext,
  group: Group,
  activity: GroupActivity,
  status: 'Successful' | 'Failed' | 'Cancelled',
  statusMessage?: string,
): void {
  if (activity.status !== 'InProgress') return;
  activity.status = status;
  activity.statusMessage = statusMessage;
  activity.endMs = context.clock.now().getTime();
  if (status !== 'Cancelled') context.ended(group, activity);
}
