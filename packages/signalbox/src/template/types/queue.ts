import { toJson } from '../document/node.ts';
import { arnOf } from '../stack.ts';
import type { PropertyReader } from './property-reader.ts';
import type { ResourceType } from './resource-type.ts';
import { refuseRedriveElsewhere } from './same-region.ts';

/** Properties that are SQS attributes under the same name. */
const ATTRIBUTES = [
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoQueue',
  'FifoThroughputLimit',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
];

export const queue: ResourceType = {
  type: 'AWS::SQS::Queue',
  nameProperty: 'QueueName',
  maxNameLength: 80,
  supported: ['QueueName', ...ATTRIBUTES],
  inert: ['Tags'],
  identify: ({ name, stack, text }) => {
    // AWS: the name of a FIFO queue ends with .fifo, also a generated one.
    const isFifo = text('FifoQueue') === 'true';
    const queueName = isFifo && !name.endsWith('.fifo') ? `${name}.fifo` : name;
    const url = `${stack.endpoint}/${stack.accountId}/${queueName}`;
    return {
      physicalId: url,
      ref: url,
      attributes: { Arn: arnOf(stack, 'sqs', queueName), QueueName: queueName, QueueUrl: url },
    };
  },
  read: ({ resource, identity, properties, stack }) => {
    const message = 'its dead-letter queue must be in its own Region';
    refuseRedriveElsewhere(properties, stack.region, message);
    const name = identity.attributes['QueueName'] ?? '';
    const fifo = properties.flag('FifoQueue') ?? false;
    if (fifo && properties.text('QueueName')?.endsWith('.fifo') === false) {
      properties.refuse('QueueName', 'the name of a FIFO queue must end with .fifo');
    }
    return {
      queues: [
        {
          logicalId: resource.logicalId,
          name,
          arn: identity.attributes['Arn'] ?? '',
          url: identity.ref,
          fifo,
          attributes: attributesOf(properties),
        },
      ],
    };
  },
};

function attributesOf(properties: PropertyReader): Readonly<Record<string, string>> {
  const attributes: Record<string, string> = {};
  for (const name of ATTRIBUTES) {
    const node = properties.node(name);
    // AWS: SQS knows standard queues by the absence of FifoQueue.
    if (node === undefined || (name === 'FifoQueue' && properties.text(name) !== 'true')) continue;
    const text = node.kind === 'map' ? JSON.stringify(toJson(node)) : properties.text(name);
    if (text !== undefined) attributes[name] = text;
  }
  return attributes;
}
