import { randomUUID } from 'node:crypto';
import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import type { Timer } from '../../core/clock.ts';
import { digestAttributes, digestBody } from './message-digest.ts';

/** A message as a producer sends it. */
export interface NewMessage {
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly senderId: string;
  /** X-Ray's header, handed through as a system attribute. */
  readonly traceHeader: string | undefined;
  /** A standard queue hands it through; fair queues read it; a FIFO queue keeps its messages in order. */
  readonly groupId: string | undefined;
  /** What a FIFO queue knows the message by when it comes again. */
  readonly deduplicationId?: string | undefined;
}

/** A message as its queue keeps it. */
export interface StoredMessage extends NewMessage {
  readonly id: string;
  /** Of a FIFO queue. */
  readonly sequenceNumber?: string | undefined;
  readonly sentAtMs: number;
  state: 'delayed' | 'visible' | 'in-flight';
  /** Unix milliseconds until which it is delayed or in flight. */
  hiddenUntilMs: number;
  receiveCount: number;
  firstReceivedAtMs: number | undefined;
  /** The handle of the latest receive. */
  receiptHandle: string | undefined;
  deadLetterSourceArn: string | undefined;
  /** When it came into the dead-letter queue: its age there counts from then. */
  readonly movedAtMs?: number | undefined;
  /** Whether somebody outside the rehearsal has received it last. */
  isHeldOutside: boolean;
  /** Makes the message visible, after its delay or its visibility time-out. */
  timer: Timer | undefined;
}

/** Makes a message as a queue takes it; it may have been sent before, of which nothing is left. */
export function newMessage(
  message: NewMessage,
  {
    nowMs,
    delaySeconds,
    sequenceNumber,
  }: {
    readonly nowMs: number;
    readonly delaySeconds: number;
    readonly sequenceNumber: string | undefined;
  },
): StoredMessage {
  const { body, attributes, senderId, traceHeader, groupId, deduplicationId } = message;
  return {
    ...{ body, attributes, senderId, traceHeader, groupId, deduplicationId },
    id: randomUUID(),
    sequenceNumber,
    sentAtMs: nowMs,
    state: delaySeconds > 0 ? 'delayed' : 'visible',
    hiddenUntilMs: nowMs + delaySeconds * 1000,
    receiveCount: 0,
    firstReceivedAtMs: undefined,
    receiptHandle: undefined,
    deadLetterSourceArn: undefined,
    isHeldOutside: false,
    timer: undefined,
  };
}

/** The attributes that a consumer asks for. */
export interface AttributeChoice {
  readonly system: readonly string[];
  readonly user: readonly string[];
}

/** Writes a message as ReceiveMessage returns it. */
export function toMessage(stored: StoredMessage, choice: AttributeChoice): Message {
  const system = chosenSystem(stored, choice.system);
  const user = chosenUser(stored.attributes, choice.user);
  const hasUser = Object.keys(user).length > 0;
  return {
    MessageId: stored.id,
    ReceiptHandle: stored.receiptHandle,
    MD5OfBody: digestBody(stored.body),
    Body: stored.body,
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(hasUser && {
      MessageAttributes: user,
      MD5OfMessageAttributes: digestAttributes(user),
    }),
  };
}

function chosenSystem(stored: StoredMessage, names: readonly string[]): Record<string, string> {
  const all: Record<string, string | undefined> = {
    SenderId: stored.senderId,
    SentTimestamp: String(stored.sentAtMs),
    ApproximateReceiveCount: String(stored.receiveCount),
    ApproximateFirstReceiveTimestamp: String(stored.firstReceivedAtMs ?? stored.sentAtMs),
    AWSTraceHeader: stored.traceHeader,
    MessageGroupId: stored.groupId,
    MessageDeduplicationId: stored.deduplicationId,
    SequenceNumber: stored.sequenceNumber,
    DeadLetterQueueSourceArn: stored.deadLetterSourceArn,
  };
  const chosen: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined && (names.includes('All') || names.includes(name)))
      chosen[name] = value;
  }
  return chosen;
}

function chosenUser(
  attributes: Readonly<Record<string, MessageAttributeValue>>,
  names: readonly string[],
): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => names.some((wanted) => isChosen(name, wanted))),
  );
}

function isChosen(name: string, wanted: string): boolean {
  if (wanted === 'All' || wanted === '*' || wanted === '.*') return true;
  return wanted.endsWith('.*') ? name.startsWith(wanted.slice(0, -2)) : name === wanted;
}
