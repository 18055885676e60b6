import { stableUuid } from '../stack.ts';
import type { ResourceType } from './resource-type.ts';

export const subscription: ResourceType = {
  type: 'AWS::SNS::Subscription',
  supported: ['Endpoint', 'Protocol', 'TopicArn'],
  inert: ['DeliveryPolicy', 'RedrivePolicy', 'Region'],
  refused: {
    FilterPolicy: 'it delivers every message: filter in the subscriber, or use a rule',
    FilterPolicyScope: 'it delivers every message: filter in the subscriber, or use a rule',
    RawMessageDelivery: "it delivers in the notification's envelope",
    ReplayPolicy: 'it keeps no messages',
    SubscriptionRoleArn: 'it has no Firehose',
  },
  identify: ({ stack, logicalId, text }) => {
    const arn = `${text('TopicArn') ?? ''}:${stableUuid(stack, logicalId)}`;
    return { physicalId: arn, ref: arn, attributes: { Arn: arn } };
  },
  read: ({ resource, properties }) => ({
    subscriptions: [
      {
        topicArn: properties.requiredText('TopicArn'),
        protocol: properties.requiredText('Protocol'),
        endpoint: properties.requiredText('Endpoint'),
        place: resource.place,
      },
    ],
  }),
};
