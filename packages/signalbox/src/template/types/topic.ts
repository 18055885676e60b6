import { arnOf } from '../stack.ts';
import type { PropertyReader } from './property-reader.ts';
import type { ResourceType } from './resource-type.ts';

/** Properties that are SNS attributes under the same name. */
const FIFO = ['ContentBasedDeduplication', 'FifoThroughputScope', 'FifoTopic'];

export const topic: ResourceType = {
  type: 'AWS::SNS::Topic',
  nameProperty: 'TopicName',
  supported: ['Subscription', 'TopicName', ...FIFO],
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
  },
  identify: ({ name, stack, text }) => {
    // AWS: the name of a FIFO topic ends with .fifo, also a generated one.
    const isFifo = text('FifoTopic') === 'true';
    const topicName = isFifo && !name.endsWith('.fifo') ? `${name}.fifo` : name;
    const arn = arnOf(stack, 'sns', topicName);
    return { physicalId: arn, ref: arn, attributes: { TopicArn: arn, TopicName: topicName } };
  },
  read: ({ resource, identity, properties }) => ({
    topics: [
      {
        logicalId: resource.logicalId,
        name: identity.attributes['TopicName'] ?? '',
        arn: identity.ref,
        attributes: fifoOf(properties),
        subscriptions: [],
      },
    ],
    subscriptions: properties.maps('Subscription').map((subscription) => ({
      topicArn: identity.ref,
      protocol: subscription.requiredText('Protocol'),
      endpoint: subscription.requiredText('Endpoint'),
      attributes: {},
      place: resource.place,
    })),
  }),
};

/** The attributes of a FIFO topic; a standard one is one that does not say FifoTopic. */
function fifoOf(properties: PropertyReader): Readonly<Record<string, string>> {
  const isFifo = properties.flag('FifoTopic') === true;
  if (isFifo && properties.text('TopicName')?.endsWith('.fifo') === false) {
    properties.refuse('TopicName', 'the name of a FIFO topic must end with .fifo');
  }
  const given = FIFO.flatMap((name) => {
    const value = properties.text(name);
    return value === undefined || (name === 'FifoTopic' && !isFifo) ? [] : [[name, value]];
  });
  return Object.fromEntries(given);
}
