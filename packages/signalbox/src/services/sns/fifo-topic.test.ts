import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock, settlePromises, type TestClock } from '../../core/test-clock.ts';
import { createSns, type Sns } from './sns.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const PLACE = { region: 'eu-central-1', accountId: '123456789012' };
const TopicArn = 'arn:aws:sns:eu-central-1:123456789012:orders.fifo';
const QUEUE = 'arn:aws:sqs:eu-central-1:123456789012:orders.fifo';

let clock: TestClock;
let sns: Sns;
let sent: Record<string, unknown>[];
let bugs: unknown[];

beforeEach(async () => {
  clock = createTestClock();
  sent = [];
  bugs = [];
  sns = createSns({
    ...PLACE,
    clock,
    onBug: (bug) => bugs.push(bug),
    async call(_service, action, input) {
      if (action === 'GetQueueUrl') return { QueueUrl: 'http://sqs/123456789012/orders.fifo' };
      // A call that is slow must not be overtaken.
      if (sent.length === 0) for (let turn = 0; turn < 5; turn += 1) await settlePromises();
      sent.push({ ...input });
      return {};
    },
  });
  await run('CreateTopic', { Name: 'orders.fifo', Attributes: { FifoTopic: 'true' } });
});
afterEach(() => expect(bugs).toEqual([]));

async function run(action: string, input: object): Promise<Record<string, unknown>> {
  return { ...(await sns.service.actions[action]!(input, caller)) };
}

function publish(Message: string, more: object = {}) {
  const given = { MessageGroupId: 'a', MessageDeduplicationId: Message };
  return run('Publish', { TopicArn, Message, ...given, ...more });
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await settlePromises();
}

describe('a FIFO topic', () => {
  test('hands group, id and order on to its queues', async () => {
    const Attributes = { RawMessageDelivery: 'true' };
    await run('Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: QUEUE, Attributes });
    const answers = [await publish('1'), await publish('2'), await publish('3')];
    await settle();
    expect(sent).toMatchObject(
      ['1', '2', '3'].map((body) => ({
        MessageBody: body,
        MessageGroupId: 'a',
        MessageDeduplicationId: body,
      })),
    );
    const numbers = answers.map(({ SequenceNumber }) => String(SequenceNumber));
    expect(numbers).toEqual([...numbers].sort());
    for (const number of numbers) expect(number).toMatch(/^\d{20}$/);
  });

  test('takes a message once within five minutes', async () => {
    await run('Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: QUEUE });
    const first = await publish('same');
    expect(await publish('same')).toEqual(first);
    await settle();
    expect(sent).toHaveLength(1);
    await clock.advance(5 * 60_000);
    expect(await publish('same')).not.toEqual(first);
  });

  test('knows messages by their content where it is told to, and numbers them in the envelope', async () => {
    const AttributeName = 'ContentBasedDeduplication';
    await run('SetTopicAttributes', { TopicArn, AttributeName, AttributeValue: 'true' });
    await run('Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: QUEUE });
    const { SequenceNumber } = await publish('one', { MessageDeduplicationId: undefined });
    await settle();
    expect(sent).toMatchObject([
      { MessageDeduplicationId: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect(JSON.parse(String(sent[0]?.['MessageBody']))).toMatchObject({ SequenceNumber });
  });

  test.each([
    [{ MessageGroupId: undefined }, 'The MessageGroupId parameter is required for FIFO topics'],
    [{ MessageDeduplicationId: undefined }, /either have ContentBasedDeduplication enabled/],
  ])('refuses %j', async (more, message) => {
    await expect(publish('x', more)).rejects.toThrow(message);
  });

  test('and a standard one refuse what is of the other', async () => {
    await run('CreateTopic', { Name: 'standard' });
    const standard = TopicArn.replace('orders.fifo', 'standard');
    const refused: readonly (readonly [string, object, RegExp])[] = [
      ['CreateTopic', { Name: 'a.fifo' }, /Topic Name/],
      ['CreateTopic', { Name: 'a', Attributes: { FifoTopic: 'true' } }, /must end with \.fifo/],
      ['CreateTopic', { Name: 'a', Attributes: { FifoThroughputScope: 'Topic' } }, /FIFO topics/],
      [
        'Subscribe',
        { TopicArn: standard, Protocol: 'sqs', Endpoint: QUEUE },
        /standard SNS topics/,
      ],
      ['Subscribe', { TopicArn, Protocol: 'email', Endpoint: 'a@b.example' }, /FIFO SQS queue/],
      ['Publish', { TopicArn: standard, Message: 'x', MessageDeduplicationId: 'd' }, /topic type/],
    ];
    for (const [action, input, message] of refused) {
      await expect(run(action, input)).rejects.toThrow(message);
    }
  });
});
