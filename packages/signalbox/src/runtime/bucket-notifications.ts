import { AwsError } from '../core/aws-error.ts';
import { type OnBug, ownPromise } from '../core/bugs/own-promise.ts';
import type { Clock } from '../core/clock.ts';
import type { ServiceCall } from '../core/service.ts';
import { notificationRecord } from '../services/s3/notification-record.ts';
import type { S3Event } from '../services/s3/object-event.ts';
import type { App } from '../template/app.ts';
import { queueUrlOf } from './queue-url-of.ts';

/** Whom the buckets of an app tell of their objects, and by which path. */
export interface BucketNotificationsOptions {
  readonly app: () => App;
  readonly call: ServiceCall;
  readonly clock: Clock;
  readonly endpointUrl: string;
  readonly onProblem: (text: string) => void;
  readonly onBug: OnBug;
}

/** S3 acts on its own behalf: the target's policy lets it in. */
const S3 = { arn: 's3.amazonaws.com' };

/** Makes the listener that hands what happens to objects to functions, queues and topics. */
export function bucketNotifications(options: BucketNotificationsOptions): (event: S3Event) => void {
  const { app, clock, onProblem, onBug } = options;
  async function tell(targetArn: string, text: string): Promise<void> {
    try {
      await send(targetArn, text, options);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      onProblem(`A notification of S3 to ${targetArn} fails: ${error.name}: ${error.message}`);
    }
  }
  return (event) => {
    const { bucket: name, key, eventName, record } = notificationRecord(event);
    const bucket = app().buckets.find((one) => one.name === name);
    for (const { targetArn, event: wanted, prefix, suffix } of bucket?.notifications ?? []) {
      const isWanted = new RegExp(`^${wanted.replaceAll('*', '.*')}$`).test(`s3:${eventName}`);
      if (!isWanted || !key.startsWith(prefix) || !key.endsWith(suffix)) continue;
      const release = clock.hold();
      const told = tell(targetArn, JSON.stringify({ Records: [record] }));
      void ownPromise(told, onBug).then(release);
    }
  };
}

async function send(
  targetArn: string,
  text: string,
  { call, endpointUrl }: BucketNotificationsOptions,
): Promise<void> {
  const caller = { ...S3, region: targetArn.split(':')[3] };
  switch (targetArn.split(':')[2]) {
    case 'lambda': {
      const Payload = Buffer.from(text);
      const input = { FunctionName: targetArn, InvocationType: 'Event', Payload };
      await call('lambda', 'Invoke', input, caller);
      return;
    }
    case 'sqs': {
      const QueueUrl = queueUrlOf(targetArn, endpointUrl);
      await call('sqs', 'SendMessage', { QueueUrl, MessageBody: text }, caller);
      return;
    }
    default:
      await call('sns', 'Publish', { TopicArn: targetArn, Message: text }, caller);
  }
}
