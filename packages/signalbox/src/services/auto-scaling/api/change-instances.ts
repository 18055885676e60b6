import type {
  ActivityType,
  SetInstanceHealthQuery,
  TerminateInstanceInAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling';
import { instanceNotFound, validationError } from '../auto-scaling-errors.ts';
import type { GroupStore } from '../group/group-store.ts';
import { attend } from '../scaling/look-at-group.ts';
import type { ScalingContext } from '../scaling/scaling-context.ts';
import { terminate } from '../scaling/terminate.ts';
import { activityOf } from './describe-activities.ts';

/**
 * SetInstanceHealth; within the grace period an unhealthy one is left alone, unless the input says
 * otherwise.
 * @throws {AwsError} `ValidationError`.
 */
export function setInstanceHealth(
  context: ScalingContext,
  store: GroupStore,
  region: string,
  input: SetInstanceHealthQuery,
): object {
  const found = store.ofInstance(region, input.InstanceId);
  if (found === undefined) throw instanceNotFound(input.InstanceId);
  const { HealthStatus: status, ShouldRespectGracePeriod: isPatient = true } = input;
  if (status !== 'Healthy' && status !== 'Unhealthy') {
    throw validationError('Valid instance health states are: [Healthy, Unhealthy].');
  }
  const { group, instance } = found;
  const graceEndMs = instance.launchedAtMs + group.gracePeriodSeconds * 1_000;
  const isInGrace = isPatient && context.clock.now().getTime() < graceEndMs;
  if (status === 'Unhealthy' && isInGrace) return {};
  instance.unhealthyCause = status === 'Healthy' ? undefined : 'a user health-check';
  context.changed(group);
  attend(context, group);
  return {};
}

/**
 * TerminateInstanceInAutoScalingGroup: another is launched, unless the desired capacity goes down.
 * @throws {AwsError} `ValidationError` for an instance of no group, or where the minimum forbids it.
 */
export function terminateInstanceInAutoScalingGroup(
  context: ScalingContext,
  store: GroupStore,
  region: string,
  input: TerminateInstanceInAutoScalingGroupType,
): ActivityType {
  const found = store.ofInstance(region, input.InstanceId);
  if (found === undefined || found.instance.state === 'Terminating') {
    throw instanceNotFound(input.InstanceId);
  }
  const { group, instance } = found;
  const isReplaced = input.ShouldDecrementDesiredCapacity !== true;
  if (!isReplaced && group.desired <= group.min) {
    throw validationError(
      `Currently, desiredSize equals minSize (${group.min}). Terminating instance without replacement will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.`,
    );
  }
  const activity = terminate(context, group, instance, { kind: 'user', isReplaced });
  if (!isReplaced) group.desired -= 1;
  context.changed(group);
  attend(context, group);
  return { Activity: activityOf(group, activity) };
}
