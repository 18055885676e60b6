import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../core/aws-error.ts';
import { createTestClock, settlePromises } from '../../core/test-clock.ts';
import { createSns, type Sns } from './sns.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const TopicArn = 'arn:aws:sns:eu-central-1:123456789012:notices';
const queue = 'arn:aws:sqs:eu-central-1:123456789012:orders';
const deadLetters = 'arn:aws:sqs:eu-central-1:123456789012:dead-letters';

let sns: Sns;
let calls: { service: string; action: string; input: Record<string, unknown> }[];
let refused: string | undefined;

let bugs: unknown[];

beforeEach(() => {
  bugs = [];
  calls = [];
  refused = undefined;
  sns = createSns({
    clock: createTestClock(),
    region: 'eu-central-1',
    accountId: '123456789012',
    onBug: (bug) => bugs.push(bug),
    async call(service, action, input) {
      const { QueueName, QueueUrl }: { QueueName?: string; QueueUrl?: string } = input;
      if (action === 'GetQueueUrl') return { QueueUrl: `http://sqs/123456789012/${QueueName}` };
      calls.push({ service, action, input: { ...input } });
      if (refused !== undefined && QueueUrl?.endsWith(refused)) throw new AwsError('Refused', 'no');
      return {};
    },
  });
  sns.createTopic({ name: 'notices', subscriptions: [] });
});
afterEach(() => expect(bugs).toEqual([]));

async function run(action: string, input: object): Promise<Record<string, unknown>> {
  const response = { ...(await sns.service.actions[action]!(input, caller)) };
  await settlePromises();
  return response;
}

function subscribe(Protocol: string, Endpoint: string, Attributes?: object) {
  return run('Subscribe', { TopicArn, Protocol, Endpoint, Attributes });
}

describe('Publish', () => {
  test('wraps the message for a queue as SNS does', async () => {
    const { SubscriptionArn } = await subscribe('sqs', queue);
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'order' } };

    const { MessageId } = await run('Publish', {
      TopicArn,
      Message: 'Hello "world"',
      Subject: 'Greeting',
      MessageAttributes,
    });

    expect(calls).toMatchObject([
      {
        service: 'sqs',
        action: 'SendMessage',
        input: { QueueUrl: 'http://sqs/123456789012/orders' },
      },
    ]);
    const body = String(calls[0]?.input['MessageBody']);
    expect(body.split('\n').slice(0, 6)).toEqual([
      '{',
      '  "Type" : "Notification",',
      `  "MessageId" : "${MessageId}",`,
      `  "TopicArn" : "${TopicArn}",`,
      '  "Subject" : "Greeting",',
      '  "Message" : "Hello \\"world\\"",',
    ]);
    expect(JSON.parse(body)).toMatchObject({
      Timestamp: '2026-01-05T10:00:00.000Z',
      SignatureVersion: '1',
      UnsubscribeURL: expect.stringContaining(String(SubscriptionArn)),
      MessageAttributes: { kind: { Type: 'String', Value: 'order' } },
    });
  });

  test('hands the message itself to a queue with raw delivery', async () => {
    await subscribe('sqs', queue, { RawMessageDelivery: 'true' });
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'order' } };

    await run('Publish', { TopicArn, Message: 'plain', MessageAttributes });

    expect(calls[0]?.input).toMatchObject({ MessageBody: 'plain', MessageAttributes });
  });

  test('invokes a function with the SNS event', async () => {
    const endpoint = 'arn:aws:lambda:eu-central-1:123456789012:function:notify';
    await subscribe('lambda', endpoint);

    await run('Publish', { TopicArn, Message: 'call' });

    expect(calls[0]).toMatchObject({
      service: 'lambda',
      action: 'Invoke',
      input: { FunctionName: endpoint, InvocationType: 'Event' },
    });
    expect(JSON.parse(String(calls[0]?.input['Payload']))).toMatchObject({
      Records: [
        { EventSource: 'aws:sns', Sns: { Message: 'call', Subject: null, MessageAttributes: {} } },
      ],
    });
  });

  test('records what would leave the account', async () => {
    await subscribe('email', 'ops@example.com');
    const Message = JSON.stringify({ default: 'short', email: 'long' });

    await run('Publish', { TopicArn, Message, MessageStructure: 'json' });
    await run('Publish', { PhoneNumber: '+15550100', Message: 'text' });

    expect(sns.sent).toMatchObject([
      { protocol: 'email', endpoint: 'ops@example.com', topicArn: TopicArn, message: 'long' },
      { protocol: 'sms', endpoint: '+15550100', message: 'text' },
    ]);
    expect(calls).toEqual([]);
  });

  test('sends what a queue refuses to the dead-letter queue, and says so', async () => {
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: deadLetters });
    await subscribe('sqs', queue, { RedrivePolicy });
    refused = '/orders';

    await run('Publish', { TopicArn, Message: 'lost?' });

    expect(calls.map(({ input }) => input['QueueUrl'])).toEqual([
      'http://sqs/123456789012/orders',
      'http://sqs/123456789012/dead-letters',
    ]);
    expect(sns.undelivered).toMatchObject([
      { endpoint: queue, error: 'Refused: no', deadLetterArn: deadLetters },
    ]);
  });

  test('refuses wrong messages and topics in SNS words', async () => {
    const publish = (input: object) => run('Publish', { TopicArn, ...input });

    await expect(publish({ Message: '' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Invalid parameter: Empty message',
    });
    await expect(publish({ Message: 'x'.repeat(262_145) })).rejects.toMatchObject({
      message: 'Invalid parameter: Message too long',
    });
    const StringValue = 'y'.repeat(200_000);
    const MessageAttributes = { note: { DataType: 'String', StringValue } };
    await expect(
      publish({ Message: 'x'.repeat(200_000), MessageAttributes }),
    ).rejects.toMatchObject({ message: 'Invalid parameter: Message too long' });
    await expect(publish({ Message: '{}', MessageStructure: 'json' })).rejects.toMatchObject({
      message: 'Invalid parameter: Message Structure - No default entry in JSON message body',
    });
    await expect(publish({ Message: 'x', TopicArn: 'topic' })).rejects.toMatchObject({
      message: 'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1',
    });
    await expect(run('Publish', { Message: 'x' })).rejects.toMatchObject({
      message: 'Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter',
    });
    await expect(publish({ Message: 'x', TopicArn: `${TopicArn}-not` })).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Topic does not exist',
    });
  });
});

describe('PublishBatch', () => {
  test('fails a wrong entry alone', async () => {
    await subscribe('sqs', queue);

    const response = await run('PublishBatch', {
      TopicArn,
      PublishBatchRequestEntries: [
        { Id: 'a', Message: 'one' },
        { Id: 'b', Message: '' },
      ],
    });

    expect(response).toMatchObject({
      Successful: [{ Id: 'a', MessageId: expect.any(String) }],
      Failed: [{ Id: 'b', SenderFault: true }],
    });
    expect(calls).toHaveLength(1);
  });

  test('refuses equal ids', async () => {
    const PublishBatchRequestEntries = [1, 2].map(() => ({ Id: 'a', Message: 'x' }));

    await expect(
      run('PublishBatch', { TopicArn, PublishBatchRequestEntries }),
    ).rejects.toMatchObject({
      name: 'BatchEntryIdsNotDistinctException',
    });
  });
});

describe('subscriptions', () => {
  test('are listed, found again and ended', async () => {
    const { SubscriptionArn } = await subscribe('sqs', queue);
    expect(await subscribe('sqs', queue)).toEqual({ SubscriptionArn });
    const listed = { SubscriptionArn, TopicArn, Protocol: 'sqs', Endpoint: queue };
    expect(await run('ListSubscriptions', {})).toMatchObject({ Subscriptions: [listed] });

    await run('Unsubscribe', { SubscriptionArn });

    expect(await run('ListSubscriptionsByTopic', { TopicArn })).toEqual({ Subscriptions: [] });
  });

  test('change attributes', async () => {
    const { SubscriptionArn } = await subscribe('sqs', queue);

    const change = { AttributeName: 'RawMessageDelivery', AttributeValue: 'true' };
    await run('SetSubscriptionAttributes', { SubscriptionArn, ...change });

    expect(await run('GetSubscriptionAttributes', { SubscriptionArn })).toMatchObject({
      Attributes: { RawMessageDelivery: 'true', Protocol: 'sqs' },
    });
  });

  test.each([
    [{ kind: ['order'] }, undefined, ['order']],
    [{ total: [{ numeric: ['>', 100] }] }, undefined, ['order']],
    [{ kind: [{ 'anything-but': 'order' }] }, undefined, ['refund']],
    [{ tags: ['urgent'] }, undefined, ['refund']],
    [{ kind: [{ exists: false }] }, undefined, ['plain']],
    [{ id: [{ prefix: '1' }] }, 'MessageBody', ['order']],
    [{}, undefined, ['order', 'refund', 'plain']],
  ])('get the messages that fit their filter policy %j', async (policy, scope, wanted) => {
    await subscribe('sqs', queue, {
      RawMessageDelivery: 'true',
      FilterPolicy: JSON.stringify(policy),
      ...(scope && { FilterPolicyScope: scope }),
    });
    const text = (StringValue: string, DataType = 'String') => ({ DataType, StringValue });
    const publish = (id: string, kind: string, MessageAttributes: object) =>
      run('Publish', { TopicArn, Message: JSON.stringify({ id, kind }), MessageAttributes });
    await publish('1', 'order', { kind: text('order'), total: text('120.5', 'Number') });
    const tags = text('["late","urgent"]', 'String.Array');
    await publish('2', 'refund', { kind: text('refund'), total: text('5', 'Number'), tags });
    await publish('3', 'plain', {});
    const kinds = calls.map(({ input }) => JSON.parse(String(input['MessageBody'])).kind);
    expect(kinds).toEqual(wanted);
  });

  test('refuse what is no filter policy, protocol or endpoint', async () => {
    await expect(subscribe('sqs', queue, { FilterPolicy: '{"a":"b"}' })).rejects.toMatchObject({
      message: expect.stringContaining('Invalid parameter: FilterPolicy: '),
    });
    await expect(subscribe('pigeon', 'coop')).rejects.toMatchObject({
      message: 'Invalid parameter: Amazon SNS does not support this protocol string: pigeon',
    });
    await expect(subscribe('sqs', 'not-an-arn')).rejects.toMatchObject({
      message: 'Invalid parameter: SQS endpoint ARN',
    });
  });
});

describe('topics', () => {
  test('are created once, described and deleted', async () => {
    expect(await run('CreateTopic', { Name: 'notices' })).toEqual({ TopicArn });
    expect(await run('ListTopics', {})).toEqual({ Topics: [{ TopicArn }] });
    expect(await run('GetTopicAttributes', { TopicArn })).toMatchObject({
      Attributes: {
        TopicArn,
        Owner: '123456789012',
        SubscriptionsConfirmed: '0',
        DisplayName: '',
        Policy: expect.stringContaining('"AWS:SourceOwner":"123456789012"'),
        EffectiveDeliveryPolicy: expect.stringContaining('"numRetries":3'),
      },
    });

    await run('DeleteTopic', { TopicArn });

    expect(await run('ListTopics', {})).toEqual({ Topics: [] });
    await expect(run('CreateTopic', { Name: 'x.fifo' })).rejects.toMatchObject({
      message: 'Invalid parameter: Topic Name',
    });
  });
});

describe('a topic', () => {
  test('has attributes that can be set and taken away, and no others', async () => {
    const set = (AttributeName: string, AttributeValue?: string) =>
      run('SetTopicAttributes', { TopicArn, AttributeName, AttributeValue });
    await set('DisplayName', 'Notices');
    expect(await run('GetTopicAttributes', { TopicArn })).toMatchObject({
      Attributes: { DisplayName: 'Notices' },
    });
    await set('DisplayName');
    const delivery = '{"http":{"disableSubscriptionOverrides":true}}';
    await set('DeliveryPolicy', delivery);
    expect(await run('GetTopicAttributes', { TopicArn })).toMatchObject({
      Attributes: {
        DisplayName: '',
        DeliveryPolicy: delivery,
        EffectiveDeliveryPolicy: expect.stringContaining('"disableSubscriptionOverrides":true'),
      },
    });
    await expect(set('Owner', 'me')).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('has tags', async () => {
    const Tags = [{ Key: 'team', Value: 'orders' }];
    const { TopicArn: ResourceArn } = await run('CreateTopic', { Name: 'tagged', Tags });
    await run('TagResource', { ResourceArn, Tags: [{ Key: 'stage', Value: 'dev' }] });
    await run('UntagResource', { ResourceArn, TagKeys: ['team'] });
    expect(await run('ListTagsForResource', { ResourceArn })).toEqual({
      Tags: [{ Key: 'stage', Value: 'dev' }],
    });
    await expect(
      run('ListTagsForResource', { ResourceArn: `${TopicArn}-none` }),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('has permissions, each under its label', async () => {
    const given = { TopicArn, AWSAccountId: ['111122223333'], ActionName: ['Publish'] };
    await run('AddPermission', { ...given, Label: 'partner' });
    await expect(run('AddPermission', { ...given, Label: 'partner' })).rejects.toThrow(/exists/);
    const { Attributes } = await run('GetTopicAttributes', { TopicArn });
    expect(JSON.parse(Object(Attributes).Policy).Statement).toEqual([
      expect.objectContaining({ Sid: '__default_statement_ID' }),
      {
        Sid: 'partner',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'SNS:Publish',
        Resource: TopicArn,
      },
    ]);
    await run('RemovePermission', { TopicArn, Label: 'partner' });
    await expect(run('RemovePermission', { TopicArn, Label: 'partner' })).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});
