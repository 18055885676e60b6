import type { SendMessageRequest } from '@aws-sdk/client-sqs';
import { AwsError } from '../../core/aws-error.ts';
import { contentId } from '../deduplication.ts';
import { isFifo } from './fifo-attributes.ts';
import { invalidValue, missingParameter } from './sqs-errors.ts';

/** Letters, digits and punctuation (SQS API Reference, SendMessage). */
const ID = /^[\w!"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]{1,128}$/;

type Entry = Pick<
  SendMessageRequest,
  'DelaySeconds' | 'MessageBody' | 'MessageDeduplicationId' | 'MessageGroupId'
>;

/** The attributes that decide which queue type a message is for. */
type Attributes = Readonly<Record<string, string>>;

/**
 * Checks the members of a message that depend on the type of its queue.
 * @throws {AwsError} `MissingParameter` without a group; `InvalidParameterValue` for what its type does not have.
 */
export function checkQueueType(attributes: Attributes, entry: Entry): void {
  const { DelaySeconds, MessageDeduplicationId, MessageGroupId } = entry;
  checkId('MessageGroupId', MessageGroupId);
  checkId('MessageDeduplicationId', MessageDeduplicationId);
  if (!isFifo(attributes)) {
    if (MessageDeduplicationId === undefined) return;
    const reason = 'The request includes a parameter that is not valid for this queue type.';
    throw invalidValue('MessageDeduplicationId', MessageDeduplicationId, reason);
  }
  if (MessageGroupId === undefined) throw missingParameter('MessageGroupId');
  if (DelaySeconds !== undefined && DelaySeconds > 0) {
    const reason = 'The request include parameter that is not valid for this queue type.';
    throw invalidValue('DelaySeconds', DelaySeconds, reason);
  }
  if (deduplicationIdOf(attributes, entry) !== undefined) return;
  throw new AwsError(
    'InvalidParameterValue',
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

/** The id by which a FIFO queue knows a message again; undefined for a standard queue. */
export function deduplicationIdOf(attributes: Attributes, entry: Entry): string | undefined {
  if (!isFifo(attributes)) return undefined;
  const { MessageBody = '', MessageDeduplicationId } = entry;
  const isByContent = attributes['ContentBasedDeduplication'] === 'true';
  return MessageDeduplicationId ?? (isByContent ? contentId(MessageBody) : undefined);
}

function checkId(parameter: string, value: string | undefined): void {
  if (value === undefined || ID.test(value)) return;
  throw invalidValue(
    parameter,
    value,
    `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}
