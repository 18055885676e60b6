import type {
  GetQueueAttributesRequest,
  GetQueueAttributesResult,
  SetQueueAttributesRequest,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../../core/aws-error.ts';
import type { Queue } from './queue.ts';
import { checkAttributes, withDefaults } from './queue-attributes.ts';
import type { QueueStore } from './queue-store.ts';

/**
 * Returns the attributes asked for, counts included.
 * @throws {AwsError} `InvalidAttributeName` for an attribute that no queue has.
 */
export function getQueueAttributes(
  queue: Queue,
  { AttributeNames }: GetQueueAttributesRequest,
): GetQueueAttributesResult {
  const names: readonly string[] = AttributeNames ?? [];
  const all = allAttributes(queue);
  const unknown = names.find((name) => name !== 'All' && !isAttribute(name, all));
  if (unknown !== undefined) {
    throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  }
  const chosen = Object.entries(all).filter(
    ([name]) => names.includes('All') || names.includes(name),
  );
  return chosen.length === 0 ? {} : { Attributes: Object.fromEntries(chosen) };
}

const UNSET = ['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId'];

function isAttribute(name: string, all: Readonly<Record<string, string>>): boolean {
  return Object.hasOwn(all, name) || UNSET.includes(name);
}

function allAttributes(queue: Queue): Record<string, string> {
  return {
    ...queue.attributes,
    QueueArn: queue.arn,
    CreatedTimestamp: seconds(queue.createdAtMs),
    LastModifiedTimestamp: seconds(queue.lastModifiedAtMs),
    ApproximateNumberOfMessages: String(queue.countOf('visible')),
    ApproximateNumberOfMessagesNotVisible: String(queue.countOf('in-flight')),
    ApproximateNumberOfMessagesDelayed: String(queue.countOf('delayed')),
  };
}

function seconds(timeMs: number): string {
  return String(Math.floor(timeMs / 1000));
}

/** Changes attributes of a queue. */
export function setQueueAttributes(
  store: QueueStore,
  queue: Queue,
  { Attributes }: SetQueueAttributesRequest,
): object {
  const changes: Record<string, string> = Attributes ?? {};
  if (changes['FifoQueue'] !== undefined) {
    throw new AwsError('InvalidAttributeName', 'Unknown Attribute FifoQueue.');
  }
  checkAttributes(changes, queue.attributes);
  store.changeAttributes(queue, withDefaults({ ...queue.attributes, ...changes }));
  return {};
}

/**
 * Removes all messages.
 * @throws {AwsError} `PurgeQueueInProgress` within 60 seconds of the last purge.
 */
export function purgeQueue(store: QueueStore, queue: Queue, now: Date): object {
  const { purgedAtMs } = queue;
  if (purgedAtMs !== undefined && now.getTime() - purgedAtMs < 60_000) {
    throw new AwsError(
      'PurgeQueueInProgress',
      `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
    );
  }
  store.purge(queue);
  return {};
}
