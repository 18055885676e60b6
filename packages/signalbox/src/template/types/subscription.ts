import { stableUuid } from '../stack.ts';
import type { PropertyReader } from './property-reader.ts';
import type { ResourceType } from './resource-type.ts';

/** Properties that are attributes of Subscribe. */
const ATTRIBUTES = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy'];

export const subscription: ResourceType = {
  type: 'AWS::SNS::Subscription',
  supported: ['Endpoint', 'Protocol', 'TopicArn', ...ATTRIBUTES],
  inert: ['DeliveryPolicy', 'Region'],
  refused: {
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
        attributes: attributesOf(properties),
        place: resource.place,
      },
    ],
  }),
};

function attributesOf(properties: PropertyReader): Readonly<Record<string, string>> {
  const given = ATTRIBUTES.flatMap((name): [string, string][] => {
    const value = properties.json(name);
    if (value === undefined) return [];
    return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
  return Object.fromEntries(given);
}
