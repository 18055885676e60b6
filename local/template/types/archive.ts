import { arnOf } from '../stack.ts';
import { busNameOf } from './bus-name.ts';
import type { ResourceType } from './resource-type.ts';

export const archive: ResourceType = {
  type: 'AWS::Events::Archive',
  nameProperty: 'ArchiveName',
  maxNameLength: 48,
  heeded: ['ArchiveName', 'EventPattern', 'RetentionDays', 'SourceArn'],
  inert: ['Description', 'KmsKeyIdentifier'],
  identify: ({ name, stack }) => ({
    physicalId: name,
    ref: name,
    attributes: { Arn: arnOf(stack, 'events', `archive/${name}`), ArchiveName: name },
  }),
  read: ({ resource, name, identity, properties }) => ({
    archives: [
      {
        logicalId: resource.logicalId,
        name,
        arn: identity.attributes['Arn'] ?? '',
        eventBusName: busNameOf(properties.requiredText('SourceArn')),
        eventPattern: properties.jsonObject('EventPattern'),
        retentionDays: properties.number('RetentionDays') ?? 0,
      },
    ],
  }),
};
