import { arnOf } from '../stack.ts';
import type { ResourceType } from './resource-type.ts';

export const activity: ResourceType = {
  type: 'AWS::StepFunctions::Activity',
  nameProperty: 'Name',
  maxNameLength: 80,
  supported: ['Name'],
  inert: ['EncryptionConfiguration', 'Tags'],
  identify: ({ name, stack }) => {
    const arn = arnOf(stack, 'states', `activity:${name}`);
    return { physicalId: arn, ref: arn, attributes: { Arn: arn, Name: name } };
  },
  read: ({ resource, name, identity }) => ({
    activities: [{ logicalId: resource.logicalId, name, arn: identity.ref }],
  }),
};
