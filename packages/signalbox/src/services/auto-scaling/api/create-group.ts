import type {
  CreateAutoScalingGroupType,
  DeleteAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling';
import { AwsError } from '../../../core/aws-error.ts';
import {
  notRehearsed,
  scalingActivityInProgress,
  validationError,
} from '../auto-scaling-errors.ts';
import { type Group, type GroupSettings, underWay } from '../group/group.ts';
import type { GroupStore } from '../group/group-store.ts';
import { attend } from '../scaling/look-at-group.ts';
import type { ScalingContext } from '../scaling/scaling-context.ts';
import { changeDesired, checkBounds } from './change-capacity.ts';

const TAKEN = [
  'AutoScalingGroupName',
  'LaunchTemplate',
  'MinSize',
  'MaxSize',
  'DesiredCapacity',
  'DefaultCooldown',
  'AvailabilityZones',
  'VPCZoneIdentifier',
  'HealthCheckType',
  'HealthCheckGracePeriod',
  'Tags',
];

/**
 * CreateAutoScalingGroup, with a launch template in named zones. Its instances are of type
 * t3.large: the rehearsal has no launch templates that could name it.
 * @throws {AwsError} `AlreadyExistsFault`, or `ValidationError`.
 */
export function createAutoScalingGroup(
  context: ScalingContext,
  store: GroupStore,
  region: string,
  input: CreateAutoScalingGroupType,
): object {
  const other = Object.keys(input).find((name) => !TAKEN.includes(name));
  if (other !== undefined) throw notRehearsed(other);
  const settings = settingsOf(input);
  if (store.find(region, settings.name) !== undefined) {
    throw new AwsError(
      'AlreadyExistsFault',
      `AutoScalingGroup by this name already exists - A group with the name ${settings.name} already exists`,
    );
  }
  const desired = input.DesiredCapacity ?? settings.min;
  checkBounds(settings.min, desired, settings.max);
  const group = store.add(region, settings, context.clock.now(), context.uuid());
  changeDesired(context, group, desired, 'a user request created an AutoScalingGroup');
  context.changed(group);
  attend(context, group);
  return {};
}

function settingsOf(input: CreateAutoScalingGroupType): GroupSettings {
  const {
    AutoScalingGroupName: name,
    MinSize: min,
    MaxSize: max,
    LaunchTemplate: template,
  } = input;
  const zones = input.AvailabilityZones ?? [];
  if (name === undefined || min === undefined || max === undefined) {
    throw validationError('AutoScalingGroupName, MinSize and MaxSize are required');
  }
  if (template === undefined) {
    throw validationError(
      'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
    );
  }
  if (zones.length === 0) throw notRehearsed('subnets of their own: name AvailabilityZones too');
  return {
    name,
    min,
    max,
    desired: 0,
    zones,
    subnetIds: (input.VPCZoneIdentifier ?? '').split(',').filter((id) => id !== ''),
    instanceType: 't3.large',
    launchTemplate: {
      id: template.LaunchTemplateId ?? 'lt-00000000000000000',
      name: template.LaunchTemplateName ?? template.LaunchTemplateId ?? '',
      version: template.Version ?? '$Default',
    },
    cooldownSeconds: input.DefaultCooldown ?? 300,
    healthCheckType: input.HealthCheckType ?? 'EC2',
    gracePeriodSeconds: input.HealthCheckGracePeriod ?? 0,
    tags: (input.Tags ?? []).map(({ Key: key = '', Value: value = '' }) => ({ key, value })),
  };
}

/**
 * DeleteAutoScalingGroup.
 * @throws {AwsError} `ResourceInUseFault` while there are instances, `ScalingActivityInProgressFault`
 * while something is under way; ForceDelete ends both.
 */
export function deleteAutoScalingGroup(
  context: ScalingContext,
  group: Group,
  { ForceDelete: isForced = false }: DeleteAutoScalingGroupType,
): object {
  const [activity] = underWay(group);
  if (!isForced && activity !== undefined) throw scalingActivityInProgress(activity.id);
  if (!isForced && group.instances.size > 0) {
    throw new AwsError(
      'ResourceInUseFault',
      'You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.',
    );
  }
  if (group.instances.size === 0) {
    context.removed(group);
    return {};
  }
  group.isDeleting = true;
  Object.assign(group, { min: 0, max: 0 });
  group.suspended.clear();
  changeDesired(context, group, 0, 'a user request force deleted an AutoScalingGroup');
  context.changed(group);
  attend(context, group);
  return {};
}
