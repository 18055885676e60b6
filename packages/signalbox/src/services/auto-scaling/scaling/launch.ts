import {
  aliveOf,
  countByZone,
  type Group,
  type GroupActivity,
  type GroupInstance,
} from '../group/group.ts';
import { beginActivity, endActivity } from './activity.ts';
import { causeTime, keyOf, type ScalingContext } from './scaling-context.ts';

/** Launches one instance; returns false where Amazon EC2 has no room for it. */
export function launch(context: ScalingContext, group: Group, onInService: () => void): boolean {
  const nowMs = context.clock.now().getTime();
  const cause = causeOf(group, nowMs);
  if (context.faults.withoutCapacity.has(keyOf(group))) return refuse(context, group, cause);
  const instance: GroupInstance = {
    id: instanceIdOf(context.uuid()),
    zone: emptiestZone(group),
    launchedAtMs: nowMs,
    state: 'Pending',
    unhealthyCause: undefined,
    timer: undefined,
  };
  const activity = beginActivity(context, group, {
    event: 'Launch',
    zone: instance.zone,
    cause,
    instance,
  });
  group.instances.set(instance.id, instance);
  group.failedLaunches = 0;
  group.replacements = Math.max(group.replacements - 1, 0);
  const delayMs = launchMsOf(context, group);
  instance.timer = context.clock.at(nowMs + delayMs, () => {
    enterService(context, group, instance, activity);
    onInService();
  });
  context.changed(group);
  return true;
}

function enterService(
  context: ScalingContext,
  group: Group,
  instance: GroupInstance,
  activity: GroupActivity,
): void {
  instance.timer = undefined;
  instance.state = 'InService';
  endActivity(context, group, activity, 'Successful');
  context.changed(group);
}

function launchMsOf({ faults, pace }: ScalingContext, group: Group): number {
  return faults.slowLaunches.has(keyOf(group)) ? pace.slowLaunchMs : pace.launchMs;
}

function refuse(context: ScalingContext, group: Group, cause: string): false {
  const zone = emptiestZone(group);
  const activity = beginActivity(context, group, {
    event: 'Launch',
    zone,
    cause,
    instance: undefined,
  });
  group.failedLaunches += 1;
  endActivity(context, group, activity, 'Failed', noCapacity(group, zone));
  context.changed(group);
  return false;
}

// AWS: "Troubleshoot Amazon EC2 Auto Scaling: EC2 instance launch failures" of the user guide.
function noCapacity({ instanceType, zones }: Group, zone: string): string {
  const others = zones.filter((each) => each !== zone);
  const choice = others.length === 0 ? '' : ` or choosing ${others.join(', ')}`;
  return (
    `We currently do not have sufficient ${instanceType} capacity in the Availability Zone you requested (${zone}). ` +
    'Our system will be working on provisioning additional capacity. ' +
    `You can currently get ${instanceType} capacity by not specifying an Availability Zone in your request${choice}. ` +
    'Launching EC2 instance failed.'
  );
}

function causeOf(group: Group, nowMs: number): string {
  const at = causeTime(nowMs);
  if (group.replacements > 0) {
    return `At ${at} an instance was launched in response to an unhealthy instance needing to be replaced.`;
  }
  const from = aliveOf(group).length;
  return (
    `${group.reason}At ${at} an instance was started in response to a difference between desired ` +
    `and actual capacity, increasing the capacity from ${from} to ${group.desired}.`
  );
}

/** The zone with the fewest instances; the first of them. */
function emptiestZone(group: Group): string {
  const counts = countByZone(group, aliveOf(group));
  const least = Math.min(...counts.map(({ count }) => count));
  const found = counts.find(({ count }) => count === least);
  if (found === undefined) throw new RangeError(`A group without zones: ${group.name}`);
  return found.zone;
}

/** Makes an instance's identifier out of a UUID. */
export function instanceIdOf(uuid: string): string {
  return `i-0${uuid.replaceAll('-', '').slice(0, 16)}`;
}
