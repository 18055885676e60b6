import type { ResourceType } from './resource-type.ts';

export const ssmParameter: ResourceType = {
  type: 'AWS::SSM::Parameter',
  nameProperty: 'Name',
  supported: ['Name', 'Type', 'Value'],
  inert: ['AllowedPattern', 'DataType', 'Description', 'Policies', 'Tags', 'Tier'],
  identify: ({ name, text }) => ({
    physicalId: name,
    ref: name,
    attributes: { Type: text('Type') ?? '', Value: text('Value') ?? '' },
  }),
  read: ({ resource, name, properties }) => ({
    ssmParameters: [
      {
        logicalId: resource.logicalId,
        name,
        type: properties.choice('Type', ['String', 'StringList'], 'String'),
        value: properties.requiredText('Value'),
      },
    ],
  }),
};
