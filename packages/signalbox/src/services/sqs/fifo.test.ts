import type { ReceiveMessageResult, SendMessageResult } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createTestClock, type TestClock } from '../../core/test-clock.ts';
import { createSqs, type Sqs } from './sqs.ts';

const BASE = 'http://127.0.0.1:4566/123456789012';
const QueueUrl = `${BASE}/orders.fifo`;
const FIFO = { FifoQueue: 'true' };
const caller = { arn: 'arn:aws:iam::123456789012:root' };

let clock: TestClock;
let sqs: Sqs;

beforeEach(() => {
  clock = createTestClock();
  sqs = open(clock);
  sqs.createQueue({ name: 'orders.fifo', attributes: { ...FIFO, VisibilityTimeout: '10' } });
});

function open(on: TestClock): Sqs {
  const place = { endpointUrl: 'http://127.0.0.1:4566', region: 'eu-central-1' };
  return createSqs({ clock: on, ...place, accountId: '123456789012' });
}

function run(action: string, input: object): Promise<object> {
  return (async () => sqs.service.actions[action]!(input, caller))();
}

let sends = 0;
function send(MessageBody: string, group = 'a', more: object = {}): Promise<SendMessageResult> {
  const MessageDeduplicationId = `d-${sends++}`;
  const given = { QueueUrl, MessageBody, MessageGroupId: group, MessageDeduplicationId };
  return run('SendMessage', { ...given, ...more });
}

async function receive(more: object = {}) {
  const all = { MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] };
  const response: ReceiveMessageResult = await run('ReceiveMessage', {
    QueueUrl,
    ...all,
    ...more,
  });
  return response.Messages ?? [];
}

async function bodies(more: object = {}): Promise<readonly (string | undefined)[]> {
  return (await receive(more)).map(({ Body }) => Body);
}

describe('the order of a FIFO queue', () => {
  test('holds within a group; another group goes on while one is in flight', async () => {
    for (const [body, group] of ['a1:a', 'a2:a', 'b1:b'].map((one) => one.split(':'))) {
      await send(body ?? '', group);
    }
    const [first] = await receive({ MaxNumberOfMessages: 1 });
    expect([first?.Body, await bodies(), await bodies()]).toEqual(['a1', ['b1'], []]);
    await run('DeleteMessage', { QueueUrl, ReceiptHandle: first?.ReceiptHandle });
    expect(await bodies()).toEqual(['a2']);
  });

  test('is kept when a message comes back after its time', async () => {
    for (const body of ['1', '2', '3']) await send(body);
    expect(await bodies({ MaxNumberOfMessages: 1 })).toEqual(['1']);
    await clock.advance(10_000);
    expect(await bodies()).toEqual(['1', '2', '3']);
  });

  test('holds whatever receivers do: a group is never overtaken', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('send' as const), group: fc.constantFrom('a', 'b', 'c') }),
      fc.record({ kind: fc.constant('receive' as const), limit: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ kind: fc.constant('delete' as const), at: fc.nat(20) }),
      fc.record({ kind: fc.constant('show' as const), at: fc.nat(20) }),
      fc.record({
        kind: fc.constant('advance' as const),
        seconds: fc.integer({ min: 0, max: 15 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 50 }), async (steps) => {
        clock = createTestClock();
        sqs = open(clock);
        sqs.createQueue({ name: 'orders.fifo', attributes: { ...FIFO, VisibilityTimeout: '10' } });
        const left = new Map<string, string[]>();
        let held: { readonly body: string; readonly handle: string; readonly untilMs: number }[] =
          [];
        let sent = 0;
        for (const action of steps) {
          const nowMs = clock.now().getTime();
          held = held.filter(({ untilMs }) => untilMs > nowMs);
          const isAt = 'at' in action ? held[action.at % Math.max(held.length, 1)] : undefined;
          if (action.kind === 'send') {
            const body = `${action.group}${sent++}`;
            left.set(action.group, [...(left.get(action.group) ?? []), body]);
            await send(body, action.group);
          } else if (action.kind === 'receive') {
            const busy = new Set(held.map(({ body }) => body.charAt(0)));
            const got = await receive({ MaxNumberOfMessages: action.limit });
            for (const group of ['a', 'b', 'c']) {
              const ofGroup = got.filter(({ Body = '' }) => Body.startsWith(group));
              const expected = busy.has(group) ? [] : (left.get(group) ?? []);
              expect(ofGroup.map(({ Body }) => Body)).toEqual(expected.slice(0, ofGroup.length));
            }
            for (const { Body: body = '', ReceiptHandle: handle = '' } of got) {
              held.push({ body, handle, untilMs: nowMs + 10_000 });
            }
          } else if (action.kind === 'advance') await clock.advance(action.seconds * 1000);
          else if (isAt !== undefined) {
            held = held.filter((one) => one !== isAt);
            const given = { QueueUrl, ReceiptHandle: isAt.handle };
            if (action.kind === 'show') {
              await run('ChangeMessageVisibility', { ...given, VisibilityTimeout: 0 });
            } else {
              const group = isAt.body.charAt(0);
              await run('DeleteMessage', given);
              left.set(
                group,
                (left.get(group) ?? []).filter((body) => body !== isAt.body),
              );
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a FIFO queue', () => {
  test('takes a message once within five minutes, and answers with the first one', async () => {
    const more = { MessageDeduplicationId: 'same' };
    const first = await send('one', 'a', more);
    expect(await send('two', 'a', more)).toMatchObject({
      MessageId: first.MessageId,
      SequenceNumber: first.SequenceNumber,
    });
    expect(await bodies()).toEqual(['one']);
    await clock.advance(5 * 60_000);
    expect((await send('three', 'b', more)).MessageId).not.toBe(first.MessageId);
  });

  test('knows messages by their content, or by their group, where it is told to', async () => {
    const Attributes = {
      ...FIFO,
      ContentBasedDeduplication: 'true',
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    };
    await run('CreateQueue', { QueueName: 'content.fifo', Attributes });
    const url = `${BASE}/content.fifo`;
    for (const MessageGroupId of ['a', 'a', 'b']) {
      await run('SendMessage', { QueueUrl: url, MessageBody: 'same', MessageGroupId });
    }
    const got = await receive({ QueueUrl: url });
    expect(got.map(({ Attributes: { MessageGroupId } = {} }) => MessageGroupId)).toEqual([
      'a',
      'b',
    ]);
    expect(got[0]?.Attributes?.['MessageDeduplicationId']).toMatch(/^[0-9a-f]{64}$/);
  });

  test('numbers its messages', async () => {
    const numbers = [];
    for (const body of ['1', '2', '3']) numbers.push((await send(body)).SequenceNumber ?? '');
    expect(numbers).toEqual([...numbers].sort());
    expect(new Set(numbers).size).toBe(3);
    for (const number of numbers) expect(number).toMatch(/^\d{20}$/);
    const got = await receive();
    expect(got.map(({ Attributes }) => Attributes?.['SequenceNumber'])).toEqual(numbers);
  });

  test('answers a receive that is tried again with the same messages', async () => {
    await send('1');
    await send('2', 'b');
    const attempt = { MaxNumberOfMessages: 1, ReceiveRequestAttemptId: 'again' };
    const [first] = await receive(attempt);
    expect(await receive(attempt)).toEqual([first]);
    await run('DeleteMessage', { QueueUrl, ReceiptHandle: first?.ReceiptHandle });
    expect(await bodies(attempt)).toEqual(['2']);
  });

  test('no longer deletes what its receiver held too long', async () => {
    await send('1');
    const [first] = await receive();
    await clock.advance(10_000);
    await expect(
      run('DeleteMessage', { QueueUrl, ReceiptHandle: first?.ReceiptHandle }),
    ).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: expect.stringMatching(/Reason: The receipt handle has expired\.$/),
    });
  });

  test.each([
    [
      { MessageGroupId: undefined },
      'MissingParameter',
      'The request must contain the parameter MessageGroupId.',
    ],
    [
      { MessageDeduplicationId: undefined },
      'InvalidParameterValue',
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    ],
    [
      { DelaySeconds: 3 },
      'InvalidParameterValue',
      'Value 3 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
    ],
  ])('refuses %j', async (more, name, message) => {
    await expect(send('x', 'a', more)).rejects.toMatchObject({ name, message });
  });

  test.each([
    ['orders', FIFO, 'InvalidParameterValue'],
    ['orders.fifo', {}, 'InvalidParameterValue'],
    ['other.fifo', { FifoQueue: 'false' }, 'InvalidParameterValue'],
    ['standard', { FifoQueue: 'false' }, 'InvalidAttributeName'],
    ['standard', { ContentBasedDeduplication: 'true' }, 'InvalidAttributeName'],
    ['other.fifo', { ...FIFO, DeduplicationScope: 'group' }, 'InvalidAttributeValue'],
    ['other.fifo', { ...FIFO, FifoThroughputLimit: 'perMessageGroupId' }, 'InvalidAttributeValue'],
    ['other.fifo', { ...FIFO, RedrivePolicy: redriveTo('standard-dead') }, 'InvalidParameterValue'],
  ])('%s is not made with %j', async (QueueName, Attributes, name) => {
    sqs.createQueue({ name: 'standard-dead', attributes: {} });
    await expect(run('CreateQueue', { QueueName, Attributes })).rejects.toMatchObject({ name });
  });
});

function redriveTo(name: string): string {
  const deadLetterTargetArn = `arn:aws:sqs:eu-central-1:123456789012:${name}`;
  return JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 });
}
