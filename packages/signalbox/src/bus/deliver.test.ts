import { describe, expect, test } from '@jest/globals';
import type { BusEvent } from './bus-event.ts';
import { createDeadLetterSender, createDeliver } from './deliver.ts';
import { testTarget } from './test-bus.ts';

const EVENT: BusEvent = {
  version: '0',
  id: '1',
  'detail-type': 'OrderPlaced',
  source: 'shop',
  account: '123456789012',
  time: '2026-01-01T00:00:00Z',
  region: 'eu-west-1',
  resources: [],
  detail: {},
};
const CONTEXT = { event: EVENT, ruleArn: 'arn:rule', ruleName: 'orders' };
const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:orders';

function services(response: object = {}) {
  const calls: unknown[] = [];
  return {
    calls,
    call: async (...call: readonly unknown[]) => {
      calls.push(call);
      return response;
    },
    queueUrl: (arn: string) => (arn === QUEUE ? 'http://localhost/queue/orders' : undefined),
  };
}

describe('createDeliver()', () => {
  test('starts an execution as the role of the target', async () => {
    const given = services({ executionArn: 'arn:execution' });
    const target = testTarget();

    const receipt = await createDeliver(given)(target, '{"a":1}', CONTEXT);

    expect(receipt).toEqual({ executionArn: 'arn:execution' });
    expect(given.calls).toEqual([
      [
        'states',
        'StartExecution',
        { stateMachineArn: target.arn, input: '{"a":1}' },
        { arn: 'arn:aws:iam::123456789012:role/start-orders', region: 'eu-west-1' },
      ],
    ]);
  });

  test('invokes a function without waiting for it, as EventBridge itself', async () => {
    const given = services();
    const target = testTarget({ arn: 'arn:aws:lambda:eu-west-1:1:function:f', roleArn: undefined });

    await createDeliver(given)(target, '{"a":1}', CONTEXT);

    const Payload = new TextEncoder().encode('{"a":1}');
    expect(given.calls).toEqual([
      [
        'lambda',
        'Invoke',
        { FunctionName: target.arn, InvocationType: 'Event', Payload },
        { arn: 'events.amazonaws.com', region: 'eu-west-1' },
      ],
    ]);
  });

  test('sends a message to a queue and publishes to a topic', async () => {
    const given = services();
    const deliver = createDeliver(given);

    await deliver(testTarget({ arn: QUEUE, roleArn: undefined }), 'text', CONTEXT);
    await deliver(
      testTarget({ arn: 'arn:aws:sns:eu-west-1:1:t', roleArn: undefined }),
      'text',
      CONTEXT,
    );

    const caller = { arn: 'events.amazonaws.com', region: 'eu-west-1' };
    const QueueUrl = 'http://localhost/queue/orders';
    expect(given.calls).toEqual([
      ['sqs', 'SendMessage', { QueueUrl, MessageBody: 'text' }, caller],
      ['sns', 'Publish', { TopicArn: 'arn:aws:sns:eu-west-1:1:t', Message: 'text' }, caller],
    ]);
  });

  test('names the message group of a FIFO queue, and hands tracing on', async () => {
    const given = services();
    const context = { ...CONTEXT, traceHeader: 'Root=1-2-3' };
    const deliver = createDeliver(given);

    await deliver(testTarget({ arn: QUEUE, messageGroupId: 'orders' }), 'text', context);
    await deliver(testTarget(), '{}', context);

    expect(given.calls).toMatchObject([
      [
        'sqs',
        'SendMessage',
        {
          MessageBody: 'text',
          MessageGroupId: 'orders',
          MessageSystemAttributes: {
            AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-2-3' },
          },
        },
        {},
      ],
      ['states', 'StartExecution', { traceHeader: 'Root=1-2-3' }, {}],
    ]);
  });

  test('refuses a queue that is not there, and a target of another service', async () => {
    const deliver = createDeliver(services());

    await expect(deliver(testTarget({ arn: `${QUEUE}-2` }), '', CONTEXT)).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
    await expect(
      deliver(testTarget({ arn: 'arn:aws:ecs:eu-west-1:1:cluster/c' }), '', CONTEXT),
    ).rejects.toMatchObject({ name: 'UnsupportedTarget' });
  });
});

describe('createDeadLetterSender()', () => {
  test('sends the event with its attributes as EventBridge itself', async () => {
    const given = services();
    const attributes = { ERROR_CODE: { DataType: 'String', StringValue: 'NO_RESOURCE' } } as const;

    await createDeadLetterSender(given)(QUEUE, '{}', attributes);

    expect(given.calls).toEqual([
      [
        'sqs',
        'SendMessage',
        {
          QueueUrl: 'http://localhost/queue/orders',
          MessageBody: '{}',
          MessageAttributes: attributes,
        },
        { arn: 'events.amazonaws.com', region: 'eu-west-1' },
      ],
    ]);
  });
});
