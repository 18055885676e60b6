import { AwsError } from '../../core/aws-error.ts';

/** What SQS sets on a message (SQS API Reference, ReceiveMessage). */
const OF_MESSAGES = [
  'All',
  'AWSTraceHeader',
  'ApproximateFirstReceiveTimestamp',
  'ApproximateReceiveCount',
  'DeadLetterQueueSourceArn',
  'MessageDeduplicationId',
  'MessageGroupId',
  'SenderId',
  'SentTimestamp',
  'SequenceNumber',
];

/** SQS's model lists the attributes of queues in their place: they are taken, and no message has them. */
const OF_QUEUES = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
  'ContentBasedDeduplication',
  'CreatedTimestamp',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoQueue',
  'FifoThroughputLimit',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'LastModifiedTimestamp',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'Policy',
  'QueueArn',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
];

const KNOWN: ReadonlySet<string> = new Set([...OF_MESSAGES, ...OF_QUEUES]);

/**
 * Checks the names of system attributes that a consumer asks for.
 * @throws {AwsError} `InvalidAttributeName`.
 */
export function checkSystemAttributes(names: readonly string[]): void {
  const unknown = names.find((name) => !KNOWN.has(name));
  if (unknown === undefined) return;
  throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
}
