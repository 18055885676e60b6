import { expect, test } from '@jest/globals';
import { unkeptMaps } from '../core/kept-maps.ts';
import { inEachRegion } from '../core/regional-service.ts';
import type { Caller, Service, ServiceCall } from '../core/service.ts';
import { createTestClock, settlePromises } from '../core/test-clock.ts';
import { createSns } from './sns/sns.ts';
import { createSqs } from './sqs/sqs.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };

const services = new Map<string, Service>();
const call: ServiceCall = async (service, action, input, by: Caller) => ({
  ...(await services.get(service)?.actions[action]?.(input, by)),
});
const options = {
  clock: createTestClock(),
  region: 'us-east-1',
  accountId: '123456789012',
  endpointUrl: 'http://127.0.0.1:4566',
  maps: unkeptMaps,
  call,
  onBug(bug: unknown) {
    throw bug;
  },
};
services.set('sqs', inEachRegion(createSqs(options).service, options, createSqs));
services.set('sns', inEachRegion(createSns(options).service, options, createSns));

async function run(
  region: string | undefined,
  service: string,
  action: string,
  input: object,
): Promise<Record<string, unknown>> {
  return { ...(await call(service, action, input, { ...caller, region })) };
}

test('what is made in a Region has its ARN and is not seen in another', async () => {
  await run('us-west-2', 'sqs', 'CreateQueue', { QueueName: 'work' });
  const { QueueUrl } = await run('us-west-2', 'sqs', 'GetQueueUrl', { QueueName: 'work' });
  expect(
    await run('us-west-2', 'sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['QueueArn'] }),
  ).toEqual({
    Attributes: { QueueArn: 'arn:aws:sqs:us-west-2:123456789012:work' },
  });
  for (const region of [undefined, 'us-east-1', 'eu-west-1']) {
    await expect(run(region, 'sqs', 'GetQueueUrl', { QueueName: 'work' })).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  }
});

test('a topic reaches the queue of another Region, and none of another account', async () => {
  await run('us-west-2', 'sqs', 'CreateQueue', { QueueName: 'notices' });
  const { TopicArn } = await run('us-east-1', 'sns', 'CreateTopic', { Name: 'notices' });
  for (const owner of ['us-west-2:123456789012', 'us-west-2:999999999999']) {
    const Endpoint = `arn:aws:sqs:${owner}:notices`;
    await run('us-east-1', 'sns', 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint });
  }
  await run('us-east-1', 'sns', 'Publish', { TopicArn, Message: 'hello' });
  await settlePromises();
  const { QueueUrl } = await run('us-west-2', 'sqs', 'GetQueueUrl', { QueueName: 'notices' });
  const received = await run('us-west-2', 'sqs', 'ReceiveMessage', {
    QueueUrl,
    MaxNumberOfMessages: 10,
  });
  expect(received['Messages']).toHaveLength(1);
});

test('a queue of another account is not there', async () => {
  await run('us-east-1', 'sqs', 'CreateQueue', { QueueName: 'own' });
  const QueueUrl = 'http://127.0.0.1:4566/999999999999/own';
  await expect(
    run('us-east-1', 'sqs', 'SendMessage', { QueueUrl, MessageBody: 'x' }),
  ).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
});
