import type { ReceiveMessageResult, SendMessageResult } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock, settlePromises, type TestClock } from '../../core/test-clock.ts';
import { createSqs, type Sqs } from './sqs.ts';

const QueueUrl = 'http://127.0.0.1:4566/123456789012/orders';
const deadLettersUrl = 'http://127.0.0.1:4566/123456789012/dead-letters';
const orders = 'arn:aws:sqs:eu-central-1:123456789012:orders';
const deadLetters = 'arn:aws:sqs:eu-central-1:123456789012:dead-letters';
const caller = { arn: 'arn:aws:iam::123456789012:root' };

let clock: TestClock;
let sqs: Sqs;

beforeEach(() => {
  clock = createTestClock();
  sqs = createSqs({
    clock,
    endpointUrl: 'http://127.0.0.1:4566',
    region: 'eu-central-1',
    accountId: '123456789012',
  });
  sqs.createQueue({ name: 'orders', attributes: { VisibilityTimeout: '10' } });
});

function run(action: string, input: object): Promise<object> {
  return (async () => sqs.service.actions[action]!(input, caller))();
}

function send(MessageBody: string, more: object = {}): Promise<SendMessageResult> {
  return run('SendMessage', { QueueUrl, MessageBody, ...more });
}

async function receive(more: object = {}, url = QueueUrl) {
  const response: ReceiveMessageResult = await run('ReceiveMessage', { QueueUrl: url, ...more });
  return response.Messages ?? [];
}

describe('SendMessage', () => {
  test('returns the digests that SDKs check', async () => {
    const MessageAttributes = {
      kind: { DataType: 'String', StringValue: 'order' },
      raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 3]) },
    };

    const sent = await send('This is a test message', { MessageAttributes });

    expect(sent.MD5OfMessageBody).toBe('fafb00f5732ab283681e124bf8747ed1');
    expect(sent.MD5OfMessageAttributes).toMatch(/^[0-9a-f]{32}$/);
    const [message] = await receive({ MessageAttributeNames: ['All'] });
    expect(message).toMatchObject({
      MessageAttributes,
      MD5OfBody: sent.MD5OfMessageBody,
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
    });
  });

  test('refuses a message longer than 1 MiB, counting bytes', async () => {
    await expect(send('é'.repeat(524_288))).resolves.toHaveProperty('MessageId');
    await expect(send(`${'é'.repeat(524_288)}x`)).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message:
        'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
    });
  });

  test('refuses control characters, a missing body and a delay out of range', async () => {
    await expect(send('a\u0000b')).rejects.toMatchObject({ name: 'InvalidMessageContents' });
    await expect(send('')).rejects.toMatchObject({
      name: 'MissingParameter',
      message: 'The request must contain the parameter MessageBody.',
    });
    await expect(send('x', { DelaySeconds: 901 })).rejects.toMatchObject({
      message:
        'Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.',
    });
  });

  test('hides a delayed message until its delay is over', async () => {
    await send('later', { DelaySeconds: 5 });

    expect(await receive()).toEqual([]);
    await clock.advance(5000);
    expect(await receive()).toMatchObject([{ Body: 'later' }]);
  });

  test('refuses a queue that is not there', async () => {
    await expect(
      run('SendMessage', { QueueUrl: 'x/nowhere', MessageBody: 'a' }),
    ).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
    });
  });
});

describe('SendMessageBatch', () => {
  test('fails a wrong entry alone', async () => {
    const Entries = [
      { Id: 'good', MessageBody: 'a' },
      { Id: 'bad', MessageBody: '' },
    ];

    const sent = await run('SendMessageBatch', { QueueUrl, Entries });

    expect(sent).toMatchObject({
      Successful: [{ Id: 'good' }],
      Failed: [{ Id: 'bad', SenderFault: true, Code: 'MissingParameter' }],
    });
  });

  test('refuses no entries, too many, and repeated ids', async () => {
    const entry = (Id: string) => ({ Id, MessageBody: 'a' });
    const batch = (ids: string[]) => run('SendMessageBatch', { QueueUrl, Entries: ids.map(entry) });

    await expect(batch([])).rejects.toMatchObject({ name: 'EmptyBatchRequest' });
    await expect(batch([...'abcdefghijk'])).rejects.toMatchObject({
      name: 'TooManyEntriesInBatchRequest',
      message: 'Maximum number of entries per request are 10. You have sent 11.',
    });
    await expect(batch(['a', 'a'])).rejects.toMatchObject({
      name: 'BatchEntryIdsNotDistinct',
      message: 'Id a repeated.',
    });
  });
});

describe('ReceiveMessage', () => {
  test('shows a message again when its visibility time-out is over, and counts the receives', async () => {
    await send('one');
    const MessageSystemAttributeNames = ['ApproximateReceiveCount', 'SentTimestamp'];

    const [first] = await receive({ MessageSystemAttributeNames });
    expect(first?.Attributes).toEqual({
      ApproximateReceiveCount: '1',
      SentTimestamp: String(Date.parse('2026-01-05T10:00:00.000Z')),
    });
    expect(await receive()).toEqual([]);
    await clock.advance(10_000);
    const [second] = await receive({ MessageSystemAttributeNames });
    expect(second?.Attributes?.ApproximateReceiveCount).toBe('2');
  });

  test('ends a long poll at once when a message arrives, and leaves no timer', async () => {
    const polled = receive({ WaitTimeSeconds: 20 });
    await settlePromises();
    expect(clock.pending()).toBe(1);

    await send('now');

    expect(await polled).toMatchObject([{ Body: 'now' }]);
    await clock.advance(10_000);
    expect(clock.pending()).toBe(0);
  });

  test('returns nothing when a long poll is over', async () => {
    const polled = receive({ WaitTimeSeconds: 20 });
    await settlePromises();

    await clock.advance(20_000);

    expect(await polled).toEqual([]);
  });

  test('keeps a message from a consumer who has hung up', async () => {
    const leaving = new AbortController();
    const receiveAs = { ...caller, signal: leaving.signal };
    const left = sqs.service.actions['ReceiveMessage']?.(
      { QueueUrl, WaitTimeSeconds: 20 },
      receiveAs,
    );
    await settlePromises();

    leaving.abort();
    await send('for who stays');

    expect(await left).toEqual({});
    expect(await receive()).toMatchObject([{ Body: 'for who stays' }]);
  });

  test('gives one message to one of two waiting consumers', async () => {
    const polled = [receive({ WaitTimeSeconds: 5 }), receive({ WaitTimeSeconds: 5 })];
    await settlePromises();

    await send('only');
    await clock.advance(5000);

    const received = await Promise.all(polled);
    expect(received.map((messages) => messages.length).sort()).toEqual([0, 1]);
  });

  test('moves a message to the dead-letter queue after maxReceiveCount receives', async () => {
    sqs.createQueue({ name: 'dead-letters', attributes: {} });
    const policy = { deadLetterTargetArn: deadLetters, maxReceiveCount: 2 };
    const Attributes = { RedrivePolicy: JSON.stringify(policy) };
    await run('SetQueueAttributes', { QueueUrl, Attributes });
    const { MessageId } = await send('poison');

    expect(await receive()).toHaveLength(1);
    await clock.advance(10_000);
    expect(await receive()).toHaveLength(1);
    await clock.advance(10_000);
    expect(await receive()).toEqual([]);

    const [dead] = await receive({ MessageSystemAttributeNames: ['All'] }, deadLettersUrl);
    expect(dead).toMatchObject({ MessageId, Attributes: { DeadLetterQueueSourceArn: orders } });
  });

  test('refuses numbers out of range', async () => {
    await expect(receive({ MaxNumberOfMessages: 11 })).rejects.toMatchObject({
      message:
        'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
    });
    await expect(receive({ WaitTimeSeconds: 21 })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });

  test('forgets messages past their retention', async () => {
    await send('old');

    await clock.advance(345_600_000);

    expect(await receive()).toEqual([]);
  });
});

describe('DeleteMessage', () => {
  test('removes the message and its timer', async () => {
    await send('done');
    const [message] = await receive();

    await run('DeleteMessage', { QueueUrl, ReceiptHandle: message?.ReceiptHandle });

    expect(clock.pending()).toBe(0);
    await clock.advance(60_000);
    expect(await receive()).toEqual([]);
  });

  test('refuses what is no receipt handle', async () => {
    await expect(
      run('DeleteMessage', { QueueUrl, ReceiptHandle: 'nonsense' }),
    ).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  });
});

describe('ChangeMessageVisibility', () => {
  test('shows a message at once for 0 and later for more', async () => {
    await send('again');
    const [first] = await receive();
    await run('ChangeMessageVisibility', {
      QueueUrl,
      ReceiptHandle: first?.ReceiptHandle,
      VisibilityTimeout: 0,
    });

    const [second] = await receive();
    expect(second?.Body).toBe('again');
    await run('ChangeMessageVisibility', {
      QueueUrl,
      ReceiptHandle: second?.ReceiptHandle,
      VisibilityTimeout: 100,
    });
    await clock.advance(99_000);
    expect(await receive()).toEqual([]);
    await clock.advance(1000);
    expect(await receive()).toHaveLength(1);
  });

  test('refuses a message that somebody else holds by now', async () => {
    await send('free');
    const [message] = await receive();
    await clock.advance(10_000);
    await receive();
    const { ReceiptHandle } = message ?? {};

    await expect(
      run('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 5 }),
    ).rejects.toMatchObject({ name: 'MessageNotInflight' });
  });
});

describe('queues', () => {
  test('CreateQueue returns the same queue again, and refuses other attributes', async () => {
    const create = (VisibilityTimeout: string) =>
      run('CreateQueue', { QueueName: 'orders', Attributes: { VisibilityTimeout } });

    expect(await create('10')).toEqual({ QueueUrl });
    await expect(create('11')).rejects.toMatchObject({
      name: 'QueueNameExists',
      message:
        'A queue already exists with the same name and a different value for attribute VisibilityTimeout',
    });
  });

  test('CreateQueue refuses unknown attributes and wrong values by name', async () => {
    const create = (Attributes: object) => run('CreateQueue', { QueueName: 'x', Attributes });

    await expect(create({ Colour: 'red' })).rejects.toMatchObject({
      name: 'InvalidAttributeName',
      message: 'Unknown Attribute Colour.',
    });
    await expect(create({ VisibilityTimeout: '43201' })).rejects.toMatchObject({
      name: 'InvalidAttributeValue',
      message: 'Invalid value for the parameter VisibilityTimeout.',
    });
  });

  test('GetQueueAttributes counts messages by state', async () => {
    await send('a');
    await send('b');
    await send('c', { DelaySeconds: 9 });
    await receive();

    expect(await run('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })).toMatchObject({
      Attributes: {
        QueueArn: orders,
        VisibilityTimeout: '10',
        ApproximateNumberOfMessages: '1',
        ApproximateNumberOfMessagesNotVisible: '1',
        ApproximateNumberOfMessagesDelayed: '1',
      },
    });
  });

  test('ListQueues pages through the names', async () => {
    sqs.createQueue({ name: 'billing', attributes: {} });

    const first = await run('ListQueues', { MaxResults: 1 });
    expect(first).toMatchObject({ QueueUrls: [expect.stringMatching(/billing$/)] });
    const rest = { MaxResults: 1, NextToken: Object.values(first)[1] };
    expect(await run('ListQueues', rest)).toEqual({ QueueUrls: [QueueUrl] });
  });

  test('PurgeQueue empties a queue, once a minute', async () => {
    await send('a');
    await run('PurgeQueue', { QueueUrl });

    expect(await receive()).toEqual([]);
    await expect(run('PurgeQueue', { QueueUrl })).rejects.toMatchObject({
      name: 'PurgeQueueInProgress',
    });
  });
});

describe('createQueue()', () => {
  test('keeps the messages of a queue that is there, and sets its attributes anew', async () => {
    await send('kept', { MessageGroupId: 'tenant' });

    sqs.createQueue({ name: 'orders', attributes: { DelaySeconds: '5' } });

    expect(await run('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })).toMatchObject({
      Attributes: { VisibilityTimeout: '30', DelaySeconds: '5' },
    });
    expect(await receive({ MessageSystemAttributeNames: ['MessageGroupId'] })).toMatchObject([
      { Body: 'kept', Attributes: { MessageGroupId: 'tenant' } },
    ]);
  });
});

describe('whenReceivable()', () => {
  test('resolves when a message arrives, without a timer', async () => {
    const arrived = sqs.whenReceivable(orders, new AbortController().signal);
    expect(clock.pending()).toBe(0);

    await send('a');

    await expect(arrived).resolves.toBeUndefined();
  });
});
