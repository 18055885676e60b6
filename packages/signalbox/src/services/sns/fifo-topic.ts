import type { PublishInput } from '@aws-sdk/client-sns';
import { contentId } from '../deduplication.ts';
import { invalidParameter } from './sns-errors.ts';

/** What a FIFO topic's own attributes may be; the first is what they are where nobody says. */
const CHOICES: Readonly<Record<string, readonly [string, string]>> = {
  ContentBasedDeduplication: ['false', 'true'],
  FifoThroughputScope: ['Topic', 'MessageGroup'],
};

type Attributes = Readonly<Record<string, string>>;

/** A topic, as far as its type goes. */
interface WithAttributes {
  readonly attributes: Attributes;
}
type Entry = Pick<PublishInput, 'Message' | 'MessageDeduplicationId' | 'MessageGroupId'>;

/** Whether attributes are those of a FIFO topic. */
export function isFifoTopic(attributes: Attributes): boolean {
  return attributes['FifoTopic'] === 'true';
}

/** Whether a name is one of the attributes that a caller may change of a FIFO topic. */
export function isFifoSetting(name: string): boolean {
  return Object.hasOwn(CHOICES, name);
}

/**
 * The attributes of a topic with those that a FIFO topic has where nobody says.
 * @throws {AwsError} `InvalidParameterException` for a name or value that its type does not have.
 */
export function fifoAttributes(name: string, attributes: Attributes): Attributes {
  if (!isFifoTopic(attributes)) {
    const wrong = Object.keys(attributes).find(isFifoSetting);
    if (wrong !== undefined)
      throw invalidParameter(`Attributes Reason: ${wrong} is for FIFO topics`);
    const { FifoTopic: _, ...standard } = attributes;
    return standard;
  }
  if (!/^[\w-]{1,251}\.fifo$/.test(name)) {
    throw invalidParameter(
      'Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.',
    );
  }
  for (const [setting, choices] of Object.entries(CHOICES)) {
    const value = attributes[setting] ?? choices[0];
    if (!choices.includes(value)) throw invalidParameter(`Attributes Reason: ${setting}`);
  }
  const usual = Object.entries(CHOICES).map(([setting, [value]]) => [setting, value]);
  return { ...Object.fromEntries(usual), ...attributes };
}

/** Where a message of a FIFO topic belongs. */
export interface Placed {
  readonly groupId: string;
  readonly deduplicationId: string;
  /** What it is known by when it comes again. */
  readonly key: string;
}

/**
 * Reads the group and deduplication id of a message; undefined for a standard topic (SNS API Reference, Publish).
 * @throws {AwsError} `InvalidParameterException` where the topic's type does not have it, or needs it.
 */
export function placeOf({ attributes }: WithAttributes, entry: Entry): Placed | undefined {
  const { Message = '', MessageDeduplicationId, MessageGroupId } = entry;
  if (!isFifoTopic(attributes)) {
    if (MessageDeduplicationId === undefined) return undefined;
    throw invalidParameter(
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    );
  }
  if (MessageGroupId === undefined) {
    throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
  }
  const isByContent = attributes['ContentBasedDeduplication'] === 'true';
  const deduplicationId = MessageDeduplicationId ?? (isByContent ? contentId(Message) : undefined);
  if (deduplicationId === undefined) {
    throw invalidParameter(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
  const isPerGroup = attributes['FifoThroughputScope'] === 'MessageGroup';
  const key = isPerGroup ? `${MessageGroupId}/${deduplicationId}` : deduplicationId;
  return { groupId: MessageGroupId, deduplicationId, key };
}

/**
 * Checks that a topic may lead to an endpoint.
 * @throws {AwsError} `InvalidParameterException` for another endpoint than a queue, or a FIFO queue of a standard topic.
 */
export function checkSubscriber(
  { attributes }: WithAttributes,
  protocol: string,
  endpoint: string,
): void {
  const isFifoQueue = protocol === 'sqs' && endpoint.endsWith('.fifo');
  if (isFifoTopic(attributes)) {
    if (protocol === 'sqs') return;
    throw invalidParameter('Invalid parameter: Endpoint Reason: Please use FIFO SQS queue');
  }
  if (!isFifoQueue) return;
  throw invalidParameter(
    'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
  );
}
