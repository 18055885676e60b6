import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import type { JsonObject } from '../../core/json.ts';
import type { TopicSubscription } from './topics.ts';

/** One message on its way from a topic to one subscriber. */
export interface Notification {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subject: string | undefined;
  readonly message: string;
  readonly publishedAt: Date;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  /** Of a message of a FIFO topic. */
  readonly sequenceNumber?: string | undefined;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
}

/** SNS signs with its own key; nobody here has it, so the envelope says so. */
const SIGNATURE = 'not-signed-in-rehearsal';

/**
 * Writes the envelope that SNS puts around a message for queues and HTTP endpoints, spaced as SNS does
 * (SNS Developer Guide, "HTTP/HTTPS notification JSON format").
 */
export function envelope(notification: Notification, { arn }: TopicSubscription): string {
  const attributes = jsonAttributes(notification);
  const members: [string, string | JsonObject | undefined][] = [
    ['Type', 'Notification'],
    ['MessageId', notification.messageId],
    ['SequenceNumber', notification.sequenceNumber],
    ['TopicArn', notification.topicArn],
    ['Subject', notification.subject],
    ['Message', notification.message],
    ['Timestamp', notification.publishedAt.toISOString()],
    ['SignatureVersion', '1'],
    ['Signature', SIGNATURE],
    ['SigningCertURL', certificateUrl(notification)],
    ['UnsubscribeURL', unsubscribeUrl(notification, arn)],
    ['MessageAttributes', Object.keys(attributes).length === 0 ? undefined : attributes],
  ];
  const lines = members.flatMap(([name, value]) =>
    value === undefined ? [] : [`  "${name}" : ${JSON.stringify(value)}`],
  );
  return `{\n${lines.join(',\n')}\n}`;
}

/** Writes the event that SNS gives a Lambda function (Lambda Developer Guide, "Using Lambda with SNS"). */
export function lambdaEvent(notification: Notification, { arn }: TopicSubscription): JsonObject {
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: arn,
        Sns: {
          Type: 'Notification',
          MessageId: notification.messageId,
          TopicArn: notification.topicArn,
          Subject: notification.subject ?? null,
          Message: notification.message,
          Timestamp: notification.publishedAt.toISOString(),
          SignatureVersion: '1',
          Signature: SIGNATURE,
          SigningCertUrl: certificateUrl(notification),
          UnsubscribeUrl: unsubscribeUrl(notification, arn),
          MessageAttributes: jsonAttributes(notification),
        },
      },
    ],
  };
}

function jsonAttributes({ attributes }: Notification): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => {
      const Value = BinaryValue ? Buffer.from(BinaryValue).toString('base64') : (StringValue ?? '');
      return [name, { Type: DataType ?? 'String', Value }];
    }),
  );
}

function hostOf({ topicArn }: Notification): string {
  return `https://sns.${topicArn.split(':')[3]}.amazonaws.com`;
}

function certificateUrl(notification: Notification): string {
  return `${hostOf(notification)}/SimpleNotificationService-rehearsal.pem`;
}

function unsubscribeUrl(notification: Notification, subscriptionArn: string): string {
  return `${hostOf(notification)}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`;
}
