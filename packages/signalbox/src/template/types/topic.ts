import { arnOf } from '../stack.ts';
import type { ResourceType } from './resource-type.ts';

export const topic: ResourceType = {
  type: 'AWS::SNS::Topic',
  nameProperty: 'TopicName',
  supported: ['Subscription', 'TopicName'],
  inert: [
    'DataProtectionPolicy',
    'DeliveryStatusLogging',
    'DisplayName',
    'KmsMasterKeyId',
    'SignatureVersion',
    'Tags',
    'TracingConfig',
  ],
  refused: {
    ArchivePolicy: 'it keeps no messages',
    ContentBasedDeduplication: 'it has no FIFO topics',
    FifoThroughputScope: 'it has no FIFO topics',
    FifoTopic: 'it has no FIFO topics',
  },
  identify: ({ name, stack }) => {
    const arn = arnOf(stack, 'sns', name);
    return { physicalId: arn, ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  },
  read: ({ resource, name, identity, properties }) => ({
    topics: [{ logicalId: resource.logicalId, name, arn: identity.ref, subscriptions: [] }],
    subscriptions: properties.maps('Subscription').map((subscription) => ({
      topicArn: identity.ref,
      protocol: subscription.requiredText('Protocol'),
      endpoint: subscription.requiredText('Endpoint'),
      attributes: {},
      place: resource.place,
    })),
  }),
};
