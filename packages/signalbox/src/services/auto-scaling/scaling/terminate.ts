import {
  aliveOf,
  countByZone,
  type Group,
  type GroupActivity,
  type GroupInstance,
} from '../group/group.ts';
import { beginActivity, endActivity } from './activity.ts';
import { causeTime, type ScalingContext } from './scaling-context.ts';

/** The reason for which an instance has to go, in AWS's words, without the time. */
export type TerminationCause =
  | { readonly kind: 'unhealthy'; readonly because: string }
  | { readonly kind: 'user'; readonly isReplaced: boolean }
  | { readonly kind: 'scale-in' };

/** Takes an instance out of service and ends it after a while. */
export function terminate(
  context: ScalingContext,
  group: Group,
  instance: GroupInstance,
  why: TerminationCause,
): GroupActivity {
  const nowMs = context.clock.now().getTime();
  const cause = causeOf(group, instance, why, nowMs);
  stopLaunch(context, group, instance);
  const { zone } = instance;
  const activity = beginActivity(context, group, { event: 'Terminate', zone, cause, instance });
  instance.state = 'Terminating';
  instance.timer = context.clock.at(nowMs + context.pace.terminateMs, () => {
    group.instances.delete(instance.id);
    endActivity(context, group, activity, 'Successful');
    context.changed(group);
    if (group.isDeleting && group.instances.size === 0) context.removed(group);
  });
  context.changed(group);
  return activity;
}

/** An instance that goes before it served never ends its launch. */
function stopLaunch(context: ScalingContext, group: Group, instance: GroupInstance): void {
  instance.timer?.cancel();
  const launch = group.activities.find(({ event, instanceId }) => {
    return event === 'Launch' && instanceId === instance.id;
  });
  if (launch !== undefined) endActivity(context, group, launch, 'Cancelled');
}

function causeOf(
  group: Group,
  instance: GroupInstance,
  why: TerminationCause,
  nowMs: number,
): string {
  const at = causeTime(nowMs);
  const from = aliveOf(group).length;
  const shrinking = `shrinking the capacity from ${from} to ${from - 1}.`;
  switch (why.kind) {
    case 'unhealthy':
      return `At ${at} an instance was taken out of service in response to ${why.because}.`;
    case 'user': {
      const request = `At ${at} instance ${instance.id} was taken out of service in response to a user request`;
      return why.isReplaced ? `${request}.` : `${request}, ${shrinking}`;
    }
    case 'scale-in':
      return (
        `${group.reason}At ${at} an instance was taken out of service in response to a difference ` +
        `between desired and actual capacity, ${shrinking}  ` +
        `At ${at} instance ${instance.id} was selected for termination.`
      );
  }
}

/**
 * Chooses who goes when there are too many: the oldest in the zone that has most of them.
 * AWS: "Default termination policy" of the user guide, for a group with one launch template.
 */
export function surplusInstance(group: Group): GroupInstance | undefined {
  const alive = aliveOf(group);
  const counts = countByZone(group, alive);
  const most = Math.max(...counts.map(({ count }) => count));
  const zones = counts.filter(({ count }) => count === most).map(({ zone }) => zone);
  const candidates = alive.filter(({ zone }) => zones.includes(zone));
  return candidates.sort((a, b) => a.launchedAtMs - b.launchedAtMs)[0];
}
