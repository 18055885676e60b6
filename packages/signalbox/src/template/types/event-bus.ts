import { arnOf } from '../stack.ts';
import type { ResourceType } from './resource-type.ts';

export const eventBus: ResourceType = {
  type: 'AWS::Events::EventBus',
  nameProperty: 'Name',
  supported: ['Name'],
  inert: ['DeadLetterConfig', 'Description', 'KmsKeyIdentifier', 'LogConfig', 'Policy', 'Tags'],
  refused: { EventSourceName: 'it has no partner event sources' },
  identify: ({ name, stack }) => ({
    physicalId: name,
    ref: name,
    attributes: { Arn: arnOf(stack, 'events', `event-bus/${name}`), Name: name },
  }),
  read: ({ resource, name, identity }) => ({
    eventBuses: [{ logicalId: resource.logicalId, name, arn: identity.attributes['Arn'] ?? '' }],
  }),
};
