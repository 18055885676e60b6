import { randomUUID } from 'node:crypto';
import type {
  BatchResultErrorEntry,
  PublishBatchInput,
  PublishBatchResponse,
  PublishBatchResultEntry,
  PublishInput,
  PublishResponse,
} from '@aws-sdk/client-sns';
import { AwsError } from '../../core/aws-error.ts';
import type { Clock } from '../../core/clock.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../core/json.ts';
import { ownMember } from '../../core/names/own-member.ts';
import type { SentMessage } from '../deduplication.ts';
import { messageBytes } from '../message-bytes.ts';
import type { Deliveries } from './deliver.ts';
import { placeOf } from './fifo-topic.ts';
import { wants } from './filter-policy.ts';
import { invalidParameter } from './sns-errors.ts';
import type { Topic, TopicStore } from './topics.ts';

const MAX_MESSAGE_BYTES = 262_144;

/** The topics, deliveries and clock that publishing works with. */
export interface PublishOptions {
  readonly store: TopicStore;
  readonly deliveries: Deliveries;
  readonly clock: Clock;
  /** The next sequence number of a FIFO topic. */
  readonly nextSequence: () => string;
}

type Entry = Omit<PublishInput, 'TopicArn' | 'TargetArn' | 'PhoneNumber'>;

/**
 * Publishes to a topic, or records a text message to a phone number (SNS API Reference, Publish).
 * @throws {AwsError} `NotFoundException`; `InvalidParameterException` for a message that does not fit.
 */
export function publish(parts: PublishOptions, input: PublishInput): PublishResponse {
  const { PhoneNumber, TopicArn, TargetArn } = input;
  if (PhoneNumber === undefined) {
    const arn = TopicArn ?? TargetArn;
    if (arn === undefined) {
      throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
    }
    return publishTo(parts, parts.store.byArn(arn), input);
  }
  const { byProtocol } = checkEntry(input);
  parts.deliveries.wouldSend({
    protocol: 'sms',
    endpoint: PhoneNumber,
    topicArn: undefined,
    subject: undefined,
    message: byProtocol('sms'),
    at: parts.clock.now(),
  });
  return { MessageId: randomUUID() };
}

function publishTo(
  { store, deliveries, clock, nextSequence }: PublishOptions,
  topic: Topic,
  entry: Entry,
): { MessageId: string; SequenceNumber?: string } {
  const { byProtocol } = checkEntry(entry);
  const place = placeOf(topic, entry);
  const nowMs = clock.now().getTime();
  const known = place && store.deduplicationsOf(topic.arn).find(place.key, nowMs);
  if (known !== undefined) return answerOf(known);
  const messageId = randomUUID();
  const sequenceNumber = place && nextSequence();
  const sent = { id: messageId, sequenceNumber };
  if (place !== undefined) store.deduplicationsOf(topic.arn).remember(place.key, sent, nowMs);
  for (const subscription of topic.subscriptions.values()) {
    const message = byProtocol(subscription.protocol);
    const attributes = entry.MessageAttributes ?? {};
    if (!wants(subscription, message, attributes)) continue;
    const notification = {
      messageId,
      topicArn: topic.arn,
      subject: entry.Subject,
      message,
      publishedAt: clock.now(),
      attributes,
      sequenceNumber,
      groupId: place?.groupId ?? entry.MessageGroupId,
      deduplicationId: place?.deduplicationId,
    };
    deliveries.start(notification, subscription);
  }
  return answerOf(sent);
}

function answerOf({ id, sequenceNumber }: SentMessage): {
  MessageId: string;
  SequenceNumber?: string;
} {
  return {
    MessageId: id,
    ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
  };
}

/**
 * Publishes up to ten messages, each for itself.
 * @throws {AwsError} When the batch as a whole is refused.
 */
export function publishBatch(
  parts: PublishOptions,
  { TopicArn, PublishBatchRequestEntries }: PublishBatchInput,
): PublishBatchResponse {
  const topic = parts.store.byArn(TopicArn);
  const entries = PublishBatchRequestEntries ?? [];
  checkBatch(entries);
  const Successful: PublishBatchResultEntry[] = [];
  const Failed: BatchResultErrorEntry[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...publishTo(parts, topic, entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({
        Id: entry.Id,
        Code: 'InvalidParameter',
        Message: error.message,
        SenderFault: true,
      });
    }
  }
  return { Successful, Failed };
}

function checkBatch(entries: readonly { readonly Id: string | undefined }[]): void {
  if (entries.length === 0) {
    throw new AwsError(
      'EmptyBatchRequestException',
      "The batch request doesn't contain any entries.",
    );
  }
  if (entries.length > 10) {
    throw new AwsError(
      'TooManyEntriesInBatchRequestException',
      'The batch request contains more entries than permissible.',
    );
  }
  if (new Set(entries.map(({ Id }) => Id)).size !== entries.length) {
    throw new AwsError(
      'BatchEntryIdsNotDistinctException',
      'Two or more batch entries in the request have the same Id.',
    );
  }
}

function checkEntry({ Message, Subject, MessageStructure, MessageAttributes }: Entry): {
  readonly byProtocol: (protocol: string) => string;
} {
  if (Message === undefined || Message === '') throw invalidParameter('Empty message');
  const bytes = messageBytes({ body: Message, attributes: MessageAttributes ?? {} });
  if (bytes > MAX_MESSAGE_BYTES) throw invalidParameter('Message too long');
  if (Subject !== undefined && !/^[\x20-\x7e]{1,100}$/.test(Subject))
    throw invalidParameter('Subject');
  if (MessageStructure === undefined || MessageStructure === '')
    return { byProtocol: () => Message };
  if (MessageStructure !== 'json') throw invalidParameter('MessageStructure');
  const messages = parseMessages(Message);
  const { default: fallback } = messages;
  if (typeof fallback !== 'string') {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  return {
    byProtocol(protocol) {
      const message = ownMember(messages, protocol);
      return typeof message === 'string' ? message : fallback;
    },
  };
}

function parseMessages(text: string): JsonObject {
  const parsed = parseJson(text);
  if (isJsonObject(parsed)) return parsed;
  throw invalidParameter('Message Structure - JSON message body failed to parse');
}
