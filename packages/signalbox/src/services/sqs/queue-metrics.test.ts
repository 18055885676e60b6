import { describe, expect, test } from '@jest/globals';
import { createTestClock } from '../../core/test-clock.ts';
import { createSqs } from './sqs.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const metric = {
  namespace: 'AWS/SQS',
  metricName: 'ApproximateNumberOfMessagesVisible',
  dimensions: { QueueName: 'letters' },
};

function open() {
  const clock = createTestClock();
  const start = clock.now().getTime();
  const endpointUrl = 'http://127.0.0.1:4700';
  const sqs = createSqs({ clock, endpointUrl, region: 'us-east-1', accountId: '123456789012' });
  sqs.createQueue({ name: 'letters', attributes: { MessageRetentionPeriod: '1209600' } });
  const QueueUrl = `${endpointUrl}/123456789012/letters`;
  const run = async (action: string, input: object): Promise<object> =>
    sqs.service.actions[action]!({ QueueUrl, ...input }, caller);
  const values = (fromMinute: number, toMinute: number, region = 'us-east-1') =>
    sqs.metricSource
      .datapoints(metric, region, start + fromMinute * 60_000, start + toMinute * 60_000)
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
    expect(sqs.metricSource.metrics('us-east-1')).toEqual([metric]);
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
