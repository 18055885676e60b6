import { placeOfArn } from '../../core/in-region.ts';
import { stableUuid } from '../stack.ts';
import type { PropertyReader } from './property-reader.ts';
import type { Reading, ResourceType, SubscriptionPart } from './resource-type.ts';
import { refuseRedriveElsewhere } from './same-region.ts';

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
  read: ({ resource, properties }) => {
    const topicArn = properties.requiredText('TopicArn');
    const message = 'the dead-letter queue of a subscription must be in the Region of its topic';
    refuseRedriveElsewhere(properties, placeOfArn(topicArn).region, message);
    return { subscriptions: [subscriptionOf(resource, topicArn, properties)] };
  },
};

function subscriptionOf(
  { place }: Reading['resource'],
  topicArn: string,
  properties: PropertyReader,
): SubscriptionPart {
  return {
    topicArn,
    protocol: properties.requiredText('Protocol'),
    endpoint: properties.requiredText('Endpoint'),
    attributes: attributesOf(properties),
    place,
  };
}

function attributesOf(properties: PropertyReader): Readonly<Record<string, string>> {
  const given = ATTRIBUTES.flatMap((name): [string, string][] => {
    const value = properties.json(name);
    if (value === undefined) return [];
    return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
  return Object.fromEntries(given);
}
