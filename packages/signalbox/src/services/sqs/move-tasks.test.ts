import type { ListMessageMoveTasksResult, ReceiveMessageResult } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock, type TestClock } from '../../core/test-clock.ts';
import { createSqs, type Sqs } from './sqs.ts';

const ARN = 'arn:aws:sqs:eu-central-1:123456789012';
const caller = { arn: 'arn:aws:iam::123456789012:root' };

let clock: TestClock;
let sqs: Sqs;

beforeEach(async () => {
  clock = createTestClock();
  sqs = createSqs({
    clock,
    endpointUrl: 'http://127.0.0.1:4566',
    region: 'eu-central-1',
    accountId: '123456789012',
  });
  sqs.createQueue({ name: 'dead', attributes: {} });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `${ARN}:dead`, maxReceiveCount: 1 });
  sqs.createQueue({ name: 'live', attributes: { RedrivePolicy, VisibilityTimeout: '0' } });
  sqs.createQueue({ name: 'other', attributes: {} });
});

function run(action: string, input: object): Promise<object> {
  return (async () => sqs.service.actions[action]!(input, caller))();
}

const url = (name: string): string => `http://127.0.0.1:4566/123456789012/${name}`;

/** Lets messages be received too often, so that they end in the dead-letter queue. */
async function kill(...bodies: readonly string[]): Promise<void> {
  for (const MessageBody of bodies) {
    await run('SendMessage', { QueueUrl: url('live'), MessageBody });
    for (const _ of [1, 2]) await run('ReceiveMessage', { QueueUrl: url('live') });
  }
}

async function bodiesOf(name: string): Promise<readonly (string | undefined)[]> {
  const got: ReceiveMessageResult = await run('ReceiveMessage', {
    QueueUrl: url(name),
    MaxNumberOfMessages: 10,
    VisibilityTimeout: 0,
  });
  return (got.Messages ?? []).map(({ Body }) => Body);
}

async function latest(): Promise<NonNullable<ListMessageMoveTasksResult['Results']>> {
  const given = { SourceArn: `${ARN}:dead`, MaxResults: 10 };
  const { Results = [] }: ListMessageMoveTasksResult = await run('ListMessageMoveTasks', given);
  return Results;
}

describe('StartMessageMoveTask', () => {
  test('brings dead letters back to where they came from', async () => {
    await kill('1', '2', '3');
    await run('StartMessageMoveTask', { SourceArn: `${ARN}:dead` });
    expect(await latest()).toMatchObject([
      { Status: 'RUNNING', TaskHandle: expect.any(String), ApproximateNumberOfMessagesToMove: 3 },
    ]);
    await clock.advance(0);
    expect([await bodiesOf('live'), await bodiesOf('dead')]).toEqual([['1', '2', '3'], []]);
    const [task] = await latest();
    expect(task).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 3 });
    expect(task).not.toHaveProperty('TaskHandle');
  });

  test('moves so many in a second, elsewhere where it is told to, and can be cancelled', async () => {
    await kill('1', '2', '3');
    const start = { SourceArn: `${ARN}:dead`, DestinationArn: `${ARN}:other` };
    await run('StartMessageMoveTask', { ...start, MaxNumberOfMessagesPerSecond: 1 });
    await expect(run('StartMessageMoveTask', start)).rejects.toThrow(/already a task running/);
    await clock.advance(1000);
    const [{ TaskHandle = '' } = {}] = await latest();
    expect(await run('CancelMessageMoveTask', { TaskHandle })).toEqual({
      ApproximateNumberOfMessagesMoved: 2,
    });
    await clock.advance(5000);
    expect([await bodiesOf('other'), await bodiesOf('dead')]).toEqual([['1', '2'], ['3']]);
    await expect(run('CancelMessageMoveTask', { TaskHandle })).rejects.toThrow(/Only active tasks/);
  });

  test('fails at a message that nobody redrove', async () => {
    await run('SendMessage', { QueueUrl: url('dead'), MessageBody: 'sent here' });
    await run('StartMessageMoveTask', { SourceArn: `${ARN}:dead` });
    await clock.advance(0);
    expect(await latest()).toMatchObject([
      { Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' },
    ]);
    expect(await bodiesOf('dead')).toEqual(['sent here']);
  });

  test.each([
    [{ SourceArn: `${ARN}:none` }, 'ResourceNotFoundException'],
    [{ SourceArn: `${ARN}:live` }, 'InvalidParameterValue'],
    [{ SourceArn: 'dead' }, 'InvalidParameterValue'],
    [{ SourceArn: `${ARN}:dead`, DestinationArn: `${ARN}:none` }, 'ResourceNotFoundException'],
    [{ SourceArn: `${ARN}:dead`, DestinationArn: `${ARN}:dead` }, 'InvalidParameterValue'],
    [{ SourceArn: `${ARN}:dead`, MaxNumberOfMessagesPerSecond: 501 }, 'InvalidParameterValue'],
  ])('refuses %j', async (input, name) => {
    await expect(run('StartMessageMoveTask', input)).rejects.toMatchObject({ name });
  });
});

test('a queue tells whose dead letters it takes', async () => {
  const listed = await run('ListDeadLetterSourceQueues', { QueueUrl: url('dead') });
  expect(listed).toEqual({ queueUrls: [url('live')] });
  expect(await run('ListDeadLetterSourceQueues', { QueueUrl: url('live') })).toEqual({
    queueUrls: [],
  });
});

test('tags are given, changed and taken away', async () => {
  await run('CreateQueue', { QueueName: 'tagged', tags: { team: 'orders' } });
  const QueueUrl = url('tagged');
  await run('TagQueue', { QueueUrl, Tags: { team: 'shop', stage: 'dev' } });
  expect(await run('ListQueueTags', { QueueUrl })).toEqual({
    Tags: { team: 'shop', stage: 'dev' },
  });
  await run('UntagQueue', { QueueUrl, TagKeys: ['team', 'stage', 'none'] });
  expect(await run('ListQueueTags', { QueueUrl })).toEqual({});
});

test('permissions are statements of the policy, each under its label', async () => {
  const QueueUrl = url('live');
  const given = { QueueUrl, AWSAccountIds: ['111122223333'], Actions: ['SendMessage'] };
  await run('AddPermission', { ...given, Label: 'partner' });
  await expect(run('AddPermission', { ...given, Label: 'partner' })).rejects.toThrow(
    /Already exists/,
  );
  expect(await run('GetQueueAttributes', { QueueUrl, AttributeNames: ['Policy'] })).toMatchObject({
    Attributes: {
      Policy: JSON.stringify({
        Version: '2008-10-17',
        Id: `${ARN}:live/SQSDefaultPolicy`,
        Statement: [
          {
            Sid: 'partner',
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::111122223333:root' },
            Action: 'SQS:SendMessage',
            Resource: `${ARN}:live`,
          },
        ],
      }),
    },
  });
  await run('RemovePermission', { QueueUrl, Label: 'partner' });
  expect(await run('GetQueueAttributes', { QueueUrl, AttributeNames: ['Policy'] })).toEqual({});
  await expect(run('RemovePermission', { QueueUrl, Label: 'partner' })).rejects.toThrow(
    /can't find label/,
  );
});
