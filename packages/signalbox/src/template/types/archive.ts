import { arnOf } from '../stack.ts';
import { busNameOf } from './bus-name.ts';
import type { ResourceType } from './resource-type.ts';

export const archive: ResourceType = {
  type: 'AWS::Events::Archive',
  nameProperty: 'ArchiveName',
  maxNameLength: 48,
  supported: ['ArchiveName', 'EventPattern', 'RetentionDays', 'SourceArn'],
  inert: ['Description', 'KmsKeyIdentifier'],
  identify: ({ name, stack }) => ({
    physicalId: name,
    ref: name,
    attributes: { Arn: arnOf(stack, 'events', `archive/${name}`), ArchiveName: name },
  }),
  read: ({ resource, name, identity, properties }) => {
    const { logicalId } = resource;
    const eventBusName = busNameOf(properties.requiredText('SourceArn'));
    const place = properties.placeOf('SourceArn');
    return {
      archives: [
        {
          logicalId,
          name,
          arn: identity.attributes['Arn'] ?? '',
          eventBusName,
          eventPattern: properties.jsonObject('EventPattern'),
          retentionDays: properties.number('RetentionDays') ?? 0,
        },
      ],
      busUses: [{ what: `Archive ${logicalId}`, eventBusName, place }],
    };
  },
};
