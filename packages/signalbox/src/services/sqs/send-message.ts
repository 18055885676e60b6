import type {
  MessageAttributeValue,
  SendMessageBatchRequest,
  SendMessageBatchResult,
  SendMessageRequest,
  SendMessageResult,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../../core/aws-error.ts';
import { messageBytes } from '../message-bytes.ts';
import { runBatch } from './batch.ts';
import { isFifo } from './fifo-attributes.ts';
import { checkQueueType, deduplicationIdOf } from './fifo-message.ts';
import { digestAttributes, digestBody } from './message-digest.ts';
import type { Queue } from './queue.ts';
import { checkRange, missingParameter } from './sqs-errors.ts';
import type { NewMessage } from './stored-message.ts';

/** SQS's limit of a batch as a whole: 1 MiB. */
const MAX_BATCH_BYTES = 1_048_576;

type Entry = Omit<SendMessageRequest, 'QueueUrl'>;
type Sent = SendMessageResult & Required<Pick<SendMessageResult, 'MessageId' | 'MD5OfMessageBody'>>;

/**
 * Sends one message (SQS API Reference, SendMessage).
 * @throws {AwsError} When the body is missing, too long or has characters that XML forbids.
 */
export function sendMessage(queue: Queue, entry: Entry, senderId: string): Sent {
  const message = toNewMessage(entry, senderId);
  checkMessage(queue, entry, message);
  const digest = digestAttributes(message.attributes);
  const deduplicationId = deduplicationIdOf(queue.attributes, entry);
  const { id, sequenceNumber } = queue.send({ ...message, deduplicationId }, delayOf(queue, entry));
  return {
    MessageId: id,
    MD5OfMessageBody: digestBody(message.body),
    ...(digest !== undefined && { MD5OfMessageAttributes: digest }),
    ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
  };
}

/**
 * Sends up to ten messages, each for itself.
 * @throws {AwsError} When the batch as a whole is refused.
 */
export function sendMessageBatch(
  queue: Queue,
  { Entries }: SendMessageBatchRequest,
  senderId: string,
): SendMessageBatchResult {
  const bytes = (Entries ?? []).reduce(
    (sum, entry) => sum + messageBytes(toNewMessage(entry, senderId)),
    0,
  );
  if (bytes > MAX_BATCH_BYTES) {
    throw new AwsError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes. You have sent ${bytes} bytes.`,
    );
  }
  return runBatch('SendMessageBatchRequestEntry', Entries, (entry) =>
    sendMessage(queue, entry, senderId),
  );
}

/** A message of a FIFO queue has the queue's own delay: only 0 can be given. */
function delayOf({ attributes }: Queue, { DelaySeconds }: Entry): number | undefined {
  return isFifo(attributes) ? undefined : DelaySeconds;
}

function toNewMessage(entry: Entry, senderId: string): NewMessage {
  return {
    body: entry.MessageBody ?? '',
    attributes: entry.MessageAttributes ?? {},
    senderId,
    traceHeader: entry.MessageSystemAttributes?.AWSTraceHeader?.StringValue,
    groupId: entry.MessageGroupId,
  };
}

function checkMessage(queue: Queue, entry: Entry, message: NewMessage): void {
  if (message.body === '') throw missingParameter('MessageBody');
  const delay = { min: 0, max: 900 };
  checkRange('DelaySeconds', entry.DelaySeconds, delay, 'DelaySeconds must be >= 0 and <= 900.');
  checkQueueType(queue.attributes, entry);
  checkCharacters(message.body);
  for (const [name, value] of Object.entries(message.attributes)) checkAttribute(name, value);
  const limit = queue.numberOf('MaximumMessageSize');
  if (messageBytes(message) > limit) {
    throw new AwsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
    );
  }
}

function checkCharacters(body: string): void {
  for (const character of body) {
    if (isAllowed(character.codePointAt(0) ?? 0)) continue;
    throw new AwsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  }
}

function isAllowed(codePoint: number): boolean {
  if (codePoint < 0x20) return codePoint === 0x9 || codePoint === 0xa || codePoint === 0xd;
  return (
    codePoint <= 0xd7ff || (codePoint >= 0xe000 && codePoint !== 0xfffe && codePoint !== 0xffff)
  );
}

function checkAttribute(name: string, value: MessageAttributeValue): void {
  const type = value.DataType ?? '';
  if (!/^(String|Number|Binary)(\..+)?$/.test(type)) {
    throw new AwsError(
      'InvalidParameterValue',
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  }
  const given = type.startsWith('Binary') ? value.BinaryValue : value.StringValue;
  if (given === undefined || given.length === 0) {
    throw new AwsError(
      'InvalidParameterValue',
      `Message (user) attribute '${name}' must contain a non-empty value of type '${type}'.`,
    );
  }
}
