import { describe, expect, test } from '@jest/globals';
import { createTestClock } from '../../core/test-clock.ts';
import { createSqs } from './sqs.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const metric = {
  namespace: 'AWS/SQS',
  metricName: 'ApproximateNumberOfMessagesVisible',
  dimensions: { QueueName: 'letters' },
};

const age = { ...metric, metricName: 'ApproximateAgeOfOldestMessage' };

function open() {
  const clock = createTestClock();
  const start = clock.now().getTime();
  const endpointUrl = 'http://127.0.0.1:4700';
  const sqs = createSqs({ clock, endpointUrl, region: 'us-east-1', accountId: '123456789012' });
  sqs.createQueue({ name: 'letters', attributes: { MessageRetentionPeriod: '1209600' } });
  const QueueUrl = `${endpointUrl}/123456789012/letters`;
  const run = async (action: string, input: object): Promise<object> =>
    sqs.service.actions[action]!({ QueueUrl, ...input }, caller);
  const values = (fromMinute: number, toMinute: number, region = 'us-east-1', of = metric) =>
    sqs.metricSource
      .datapoints(of, region, start + fromMinute * 60_000, start + toMinute * 60_000)
      .map(({ timeMs, value }) => [(timeMs - start) / 60_000, value]);
  return { clock, sqs, run, values };
}

describe('a queue’s metrics', () => {
  test('count the messages that were visible at each full minute', async () => {
    const { clock, run, values, sqs } = open();
    await clock.advance(90_000);
    await run('SendMessage', { MessageBody: 'a' });
    await run('SendMessage', { MessageBody: 'b' });
    await clock.advance(60_000);
    await run('ReceiveMessage', { VisibilityTimeout: 60 });

    expect(values(0, 6)).toEqual([
      [2, 2],
      [3, 1],
      // As it will be, if nothing happens.
      [4, 1],
      [5, 1],
    ]);
    await clock.advance(60_000);
    expect(values(3, 6)).toEqual([
      [3, 1],
      [4, 2],
      [5, 2],
    ]);
    expect(values(0, 6, 'us-west-2')).toEqual([]);
    expect(sqs.metricSource.metrics('us-east-1')).toEqual([metric, age]);
  });

  test('say how old the oldest message is, also one that is in flight', async () => {
    const { clock, run, values } = open();
    await clock.advance(90_000);
    await run('SendMessage', { MessageBody: 'a' });
    await clock.advance(60_000);
    await run('SendMessage', { MessageBody: 'b' });
    const { Messages } = Object(await run('ReceiveMessage', { VisibilityTimeout: 600 }));
    const ages = (from: number, to: number) => values(from, to, 'us-east-1', age);

    expect(ages(0, 6)).toEqual([
      [2, 30],
      [3, 90],
      [4, 150],
      [5, 210],
    ]);
    await run('DeleteMessage', { ReceiptHandle: Messages[0].ReceiptHandle });
    expect(ages(3, 5)).toEqual([
      [3, 30],
      [4, 90],
    ]);
    await run('PurgeQueue', {});
    expect(ages(3, 5)).toEqual([
      [3, 0],
      [4, 0],
    ]);
  });

  test('count the age of a dead letter from when it became one', async () => {
    const { clock, run, sqs, values } = open();
    const QueueUrl = 'http://127.0.0.1:4700/123456789012/work';
    const deadLetterTargetArn = 'arn:aws:sqs:us-east-1:123456789012:letters';
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 });
    sqs.createQueue({ name: 'work', attributes: { RedrivePolicy } });
    await run('SendMessage', { QueueUrl, MessageBody: 'a' });
    await clock.advance(120_000);
    await run('ReceiveMessage', { QueueUrl, VisibilityTimeout: 0 });
    await run('ReceiveMessage', { QueueUrl });

    expect(values(0, 4, 'us-east-1', age)).toEqual([
      [2, 0],
      [3, 60],
    ]);
  });

  test('end six hours after the last message is gone', async () => {
    const { run, values } = open();
    await run('SendMessage', { MessageBody: 'a' });
    await run('PurgeQueue', {});

    expect(values(0, 2)).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect(values(360, 600)).toEqual([[360, 0]]);
  });

  test('notify of changes', async () => {
    const { run, sqs } = open();
    let changes = 0;
    sqs.metricSource.onChange(() => {
      changes += 1;
    });

    await run('SendMessage', { MessageBody: 'a' });
    await run('GetQueueAttributes', {});

    expect(changes).toBe(1);
  });
});
