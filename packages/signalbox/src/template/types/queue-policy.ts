import type { ResourceType } from './resource-type.ts';

export const queuePolicy: ResourceType = {
  type: 'AWS::SQS::QueuePolicy',
  supported: ['PolicyDocument', 'Queues'],
  inert: [],
  identify: ({ name }) => ({
    physicalId: name,
    ref: name,
    attributes: { Id: name },
  }),
  read: ({ resource, properties }) => {
    const policy = JSON.stringify(properties.jsonObject('PolicyDocument') ?? {});
    const queuePolicies = properties
      .texts('Queues')
      .map((queueUrl) => ({ queueUrl, policy, place: resource.place }));
    return { queuePolicies };
  },
};
