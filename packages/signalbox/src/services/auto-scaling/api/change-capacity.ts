import type {
  SetDesiredCapacityType,
  UpdateAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling';
import {
  notRehearsed,
  scalingActivityInProgress,
  validationError,
} from '../auto-scaling-errors.ts';
import type { Group, GroupActivity } from '../group/group.ts';
import { attend } from '../scaling/look-at-group.ts';
import { causeTime, type ScalingContext } from '../scaling/scaling-context.ts';

/**
 * SetDesiredCapacity.
 * @throws {AwsError} `ValidationError` out of bounds; `ScalingActivityInProgressFault` where the
 * cooldown is honoured and not over.
 */
export function setDesiredCapacity(
  context: ScalingContext,
  group: Group,
  { DesiredCapacity: desired, HonorCooldown: honorsCooldown = false }: SetDesiredCapacityType,
): object {
  if (desired === undefined) throw validationError('DesiredCapacity is required');
  if (desired > group.max) throw outOfBounds(desired, `above max value ${group.max}`);
  if (desired < group.min) throw outOfBounds(desired, `below min value ${group.min}`);
  const nowMs = context.clock.now().getTime();
  const blocking = honorsCooldown ? blockingActivity(group, nowMs) : undefined;
  if (blocking !== undefined) throw scalingActivityInProgress(blocking.id);
  changeDesired(context, group, desired, 'a user request explicitly set group desired capacity');
  context.changed(group);
  attend(context, group);
  return {};
}

function outOfBounds(desired: number, how: string): Error {
  return validationError(
    `New SetDesiredCapacity value ${desired} is ${how} for the AutoScalingGroup.`,
  );
}

/** The activity that goes on, or that ended so recently that the group still cools down. */
function blockingActivity(
  { activities, cooldownSeconds }: Group,
  nowMs: number,
): GroupActivity | undefined {
  return activities.findLast(({ status, endMs }) => {
    if (status === 'InProgress') return true;
    return status === 'Successful' && nowMs < (endMs ?? 0) + cooldownSeconds * 1_000;
  });
}

const UPDATED = [
  'AutoScalingGroupName',
  'MinSize',
  'MaxSize',
  'DesiredCapacity',
  'DefaultCooldown',
  'HealthCheckType',
  'HealthCheckGracePeriod',
];

/**
 * UpdateAutoScalingGroup: new bounds move the desired capacity where the input does not name one.
 * @throws {AwsError} `ValidationError` where minimum, desired and maximum do not fit each other.
 */
export function updateAutoScalingGroup(
  context: ScalingContext,
  group: Group,
  input: UpdateAutoScalingGroupType,
): object {
  const other = Object.keys(input).find((name) => !UPDATED.includes(name));
  if (other !== undefined) throw notRehearsed(`change of ${other}`);
  const min = input.MinSize ?? group.min;
  const max = input.MaxSize ?? group.max;
  const desired = input.DesiredCapacity ?? Math.min(Math.max(group.desired, min), max);
  checkBounds(min, desired, max);
  Object.assign(group, {
    min,
    max,
    cooldownSeconds: input.DefaultCooldown ?? group.cooldownSeconds,
    healthCheckType: input.HealthCheckType ?? group.healthCheckType,
    gracePeriodSeconds: input.HealthCheckGracePeriod ?? group.gracePeriodSeconds,
  });
  const constraints = `min: ${min}, max: ${max}, desired: ${desired}`;
  const cause = `a user request update of AutoScalingGroup constraints to ${constraints}`;
  changeDesired(context, group, desired, cause);
  context.changed(group);
  attend(context, group);
  return {};
}

/** Checks the capacity that a group is asked to hold. @throws {AwsError} `ValidationError`. */
export function checkBounds(min: number, desired: number, max: number): void {
  if (min < 0 || max < 0) throw validationError('MinSize and MaxSize must not be negative');
  if (max < min) {
    throw validationError(`Max bound, ${max}, must be greater than or equal to min bound, ${min}`);
  }
  if (desired < min || desired > max) {
    throw validationError(
      `Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`,
    );
  }
}

/** Sets what a group should hold, and keeps why. */
export function changeDesired(
  { clock }: ScalingContext,
  group: Group,
  desired: number,
  cause: string,
): void {
  if (desired === group.desired) return;
  const at = causeTime(clock.now().getTime());
  group.reason = `At ${at} ${cause} changing the desired capacity from ${group.desired} to ${desired}.  `;
  group.desired = desired;
}
