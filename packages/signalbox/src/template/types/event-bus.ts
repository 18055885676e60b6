import { arnOf } from '../stack.ts';
import type { ResourceType } from './resource-type.ts';

export const eventBus: ResourceType = {
  type: 'AWS::Events::EventBus',
  nameProperty: 'Name',
  supported: ['DeadLetterConfig', 'Description', 'KmsKeyIdentifier', 'LogConfig', 'Name'],
  inert: ['Policy', 'Tags'],
  refused: { EventSourceName: 'it has no partner event sources' },
  identify: ({ name, stack }) => ({
    physicalId: name,
    ref: name,
    attributes: { Arn: arnOf(stack, 'events', `event-bus/${name}`), Name: name },
  }),
  read: ({ resource, name, identity, properties }) => {
    const log = properties.map('LogConfig');
    return {
      eventBuses: [
        {
          logicalId: resource.logicalId,
          name,
          arn: identity.attributes['Arn'] ?? '',
          ...given({
            description: properties.text('Description'),
            deadLetterArn: properties.map('DeadLetterConfig').text('Arn'),
            kmsKeyIdentifier: properties.text('KmsKeyIdentifier'),
          }),
          ...(properties.has('LogConfig') && {
            log: given({ level: log.text('Level'), includeDetail: log.text('IncludeDetail') }),
          }),
        },
      ],
    };
  },
};

function given(
  members: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
