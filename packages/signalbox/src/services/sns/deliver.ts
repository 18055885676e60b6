import { AwsError } from '../../core/aws-error.ts';
import { type OnBug, ownPromise } from '../../core/bugs/own-promise.ts';
import type { Clock } from '../../core/clock.ts';
import type { Caller, ServiceCall } from '../../core/service.ts';
import { envelope, lambdaEvent, type Notification } from './notification.ts';
import type { TopicSubscription } from './topics.ts';

/** A message that AWS would send out of the account. */
export interface WouldBeSent {
  /** Such as `email`, `https` or `sms`. */
  readonly protocol: string;
  readonly endpoint: string;
  /** Undefined for a text message to a phone number. */
  readonly topicArn: string | undefined;
  readonly subject: string | undefined;
  readonly message: string;
  readonly at: Date;
}

/** A message that a queue or function refused. */
export interface Undelivered {
  readonly subscriptionArn: string;
  readonly endpoint: string;
  readonly message: string;
  readonly error: string;
  readonly at: Date;
  /** The queue that has it now; undefined where it is lost. */
  readonly deadLetterArn: string | undefined;
}

/** Hands messages to subscribers, and remembers those that leave the account or are refused. */
export interface Deliveries {
  /** Starts a delivery; it runs on after Publish has returned, as in AWS. */
  start(notification: Notification, subscription: TopicSubscription): void;
  wouldSend(message: WouldBeSent): void;
  readonly sent: readonly WouldBeSent[];
  readonly undelivered: readonly Undelivered[];
}

/** SNS acts on its own behalf: the queue's or function's resource policy lets it in. */
const SNS = { arn: 'sns.amazonaws.com' };

/** AWS: a subscription may lead to a queue or function of another Region. */
function inRegionOf(arn: string): Caller {
  return { ...SNS, region: arn.split(':')[3] };
}

/** Makes deliveries through the one call path. */
export function createDeliveries(call: ServiceCall, clock: Clock, onBug: OnBug): Deliveries {
  const sent: WouldBeSent[] = [];
  /** The last delivery under way to each subscriber of a FIFO topic. */
  const tails = new Map<string, Promise<unknown>>();
  const undelivered: Undelivered[] = [];

  async function deliver(
    notification: Notification,
    subscription: TopicSubscription,
  ): Promise<void> {
    try {
      await handOver(call, notification, subscription);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const deadLetterArn = await bury(notification, subscription);
      undelivered.push({
        subscriptionArn: subscription.arn,
        endpoint: subscription.endpoint,
        message: notification.message,
        error: `${error.name}: ${error.message}`,
        at: clock.now(),
        deadLetterArn,
      });
    }
  }

  async function bury(
    notification: Notification,
    subscription: TopicSubscription,
  ): Promise<string | undefined> {
    if (subscription.deadLetterArn === undefined) return undefined;
    try {
      await send(call, subscription.deadLetterArn, {
        MessageBody: envelope(notification, subscription),
        ...placeIn(subscription.deadLetterArn, notification),
      });
      return subscription.deadLetterArn;
    } catch (error) {
      if (error instanceof AwsError) return undefined;
      throw error;
    }
  }

  return {
    sent,
    undelivered,
    wouldSend: (message) => sent.push(message),
    start(notification, subscription) {
      const { protocol, endpoint } = subscription;
      if (protocol !== 'sqs' && protocol !== 'lambda') {
        const { topicArn, subject, message } = notification;
        sent.push({ protocol, endpoint, topicArn, subject, message, at: clock.now() });
        return;
      }
      const release = clock.hold();
      // A FIFO topic's messages reach each subscriber one after another.
      const before =
        notification.sequenceNumber === undefined ? undefined : tails.get(subscription.arn);
      const delivered = (before ?? Promise.resolve()).then(() =>
        deliver(notification, subscription),
      );
      const owned = ownPromise(delivered, onBug).then(release);
      if (notification.sequenceNumber !== undefined) tails.set(subscription.arn, owned);
    },
  };
}

async function handOver(
  call: ServiceCall,
  notification: Notification,
  subscription: TopicSubscription,
): Promise<void> {
  if (subscription.protocol === 'lambda') {
    const Payload = Buffer.from(JSON.stringify(lambdaEvent(notification, subscription)));
    const input = { FunctionName: subscription.endpoint, InvocationType: 'Event', Payload };
    await call('lambda', 'Invoke', input, inRegionOf(subscription.endpoint));
    return;
  }
  const { message, attributes } = notification;
  const input = subscription.isRaw
    ? { MessageBody: message, MessageAttributes: attributes }
    : { MessageBody: envelope(notification, subscription) };
  const place = placeIn(subscription.endpoint, notification);
  await send(call, subscription.endpoint, { ...input, ...place });
}

/** The group, and for a FIFO queue the id by which it knows the message again. */
function placeIn(queueArn: string, { groupId, deduplicationId }: Notification): object {
  const isFifo = queueArn.endsWith('.fifo');
  return {
    ...(groupId !== undefined && { MessageGroupId: groupId }),
    ...(isFifo && deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
  };
}

async function send(call: ServiceCall, queueArn: string, input: object): Promise<void> {
  const [, , , , QueueOwnerAWSAccountId, QueueName] = queueArn.split(':');
  const caller = inRegionOf(queueArn);
  const queue = await call('sqs', 'GetQueueUrl', { QueueName, QueueOwnerAWSAccountId }, caller);
  await call('sqs', 'SendMessage', { ...queue, ...input }, caller);
}
