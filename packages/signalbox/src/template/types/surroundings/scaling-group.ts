import { arnOf, stableUuid } from '../../stack.ts';
import type { PropertyReader } from '../property-reader.ts';
import type { ResourceType } from '../resource-type.ts';

export const scalingGroup: ResourceType = {
  type: 'AWS::AutoScaling::AutoScalingGroup',
  nameProperty: 'AutoScalingGroupName',
  maxNameLength: 255,
  supported: [
    'AutoScalingGroupName',
    'AvailabilityZones',
    'Cooldown',
    'DesiredCapacity',
    'HealthCheckType',
    'LaunchTemplate',
    'MaxSize',
    'MinSize',
    'MixedInstancesPolicy',
    'Tags',
    'VPCZoneIdentifier',
  ],
  inert: 'all',
  identify: ({ name, stack, logicalId }) => {
    const id = stableUuid(stack, logicalId);
    const arn = `autoScalingGroup:${id}:autoScalingGroupName/${name}`;
    return {
      physicalId: name,
      ref: name,
      attributes: { AutoScalingGroupARN: arnOf(stack, 'autoscaling', arn) },
    };
  },
  read: ({ properties, name, resource }) => {
    const minSize = properties.number('MinSize') ?? 0;
    const mixed = properties.map('MixedInstancesPolicy').map('LaunchTemplate');
    const [first] = mixed.maps('Overrides');
    return {
      surroundings: [
        {
          kind: 'scaling-group',
          place: resource.place,
          name,
          minSize,
          maxSize: properties.number('MaxSize') ?? minSize,
          desiredCapacity: properties.number('DesiredCapacity'),
          subnetIds: properties.texts('VPCZoneIdentifier').flatMap((ids) => ids.split(',')),
          availabilityZones: properties.texts('AvailabilityZones'),
          instanceType: first?.text('InstanceType'),
          launchTemplateId:
            launchTemplateOf(properties.map('LaunchTemplate')) ??
            launchTemplateOf(mixed.map('LaunchTemplateSpecification')),
          cooldownSeconds: properties.number('Cooldown'),
          healthCheckType: properties.text('HealthCheckType'),
          tags: properties
            .maps('Tags')
            .map((tag) => ({ key: tag.requiredText('Key'), value: tag.text('Value') ?? '' })),
        },
      ],
    };
  },
};

function launchTemplateOf(specification: PropertyReader): string | undefined {
  return specification.text('LaunchTemplateId');
}
