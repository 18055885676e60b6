import type {
  ChangeMessageVisibilityBatchRequest,
  ChangeMessageVisibilityBatchRequestEntry,
  ChangeMessageVisibilityBatchResult,
  DeleteMessageBatchRequest,
  DeleteMessageBatchResult,
  DeleteMessageRequest,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../../core/aws-error.ts';
import { runBatch } from './batch.ts';
import { isFifo } from './fifo-attributes.ts';
import type { Queue } from './queue.ts';
import { checkRange, invalidValue, missingParameter } from './sqs-errors.ts';
import type { StoredMessage } from './stored-message.ts';

/**
 * Deletes a received message; deleting it again is no error.
 * @throws {AwsError} `ReceiptHandleIsInvalid` for what is no receipt handle.
 */
export function deleteMessage(
  queue: Queue,
  { ReceiptHandle }: Pick<DeleteMessageRequest, 'ReceiptHandle'>,
): object {
  const handle = checkHandle(ReceiptHandle);
  const message = queue.messageOf(handle);
  if (isFifo(queue.attributes) && message !== undefined && !isHeldBy(message, handle)) {
    throw invalidValue('ReceiptHandle', handle, 'The receipt handle has expired.');
  }
  // AWS: an older handle of a message that was received again usually still deletes it.
  if (message !== undefined) queue.delete(message);
  return {};
}

/** Deletes up to ten messages, each for itself. */
export function deleteMessageBatch(
  queue: Queue,
  { Entries }: DeleteMessageBatchRequest,
): DeleteMessageBatchResult {
  return runBatch('DeleteMessageBatchRequestEntry', Entries, (entry) =>
    deleteMessage(queue, entry),
  );
}

/**
 * Changes when a received message is seen again. Recorded on AWS: its latest receiver may hide it
 * also when its time is over, as long as nobody else has received it.
 * @throws {AwsError} `MessageNotInflight` when somebody else holds the message.
 */
export function changeMessageVisibility(
  queue: Queue,
  {
    ReceiptHandle,
    VisibilityTimeout,
  }: Pick<ChangeMessageVisibilityBatchRequestEntry, 'ReceiptHandle' | 'VisibilityTimeout'>,
): object {
  if (VisibilityTimeout === undefined) throw missingParameter('VisibilityTimeout');
  const range = { min: 0, max: 43_200 };
  checkRange(
    'VisibilityTimeout',
    VisibilityTimeout,
    range,
    'Must be >= 0 and <= 43200, if provided.',
  );
  const handle = checkHandle(ReceiptHandle);
  const message = queue.messageOf(handle);
  if (message === undefined) {
    throw invalidValue(
      'ReceiptHandle',
      handle,
      'Message does not exist or is not available for visibility timeout change.',
    );
  }
  if (message.receiptHandle !== handle) {
    throw new AwsError('MessageNotInflight', "The specified message isn't in flight.");
  }
  queue.changeVisibility(message, VisibilityTimeout);
  return {};
}

/** Changes the visibility of up to ten messages, each for itself. */
export function changeMessageVisibilityBatch(
  queue: Queue,
  { Entries }: ChangeMessageVisibilityBatchRequest,
): ChangeMessageVisibilityBatchResult {
  const kind = 'ChangeMessageVisibilityBatchRequestEntry';
  return runBatch(kind, Entries, (entry) => changeMessageVisibility(queue, entry));
}

function isHeldBy({ state, receiptHandle }: StoredMessage, handle: string): boolean {
  return state === 'in-flight' && receiptHandle === handle;
}

function checkHandle(receiptHandle: string | undefined): string {
  if (receiptHandle === undefined) throw missingParameter('ReceiptHandle');
  if (!/^[0-9a-f-]{36}\.[0-9a-f-]{36}$/.test(receiptHandle)) {
    throw new AwsError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`,
    );
  }
  return receiptHandle;
}
