import { expect, test } from '@jest/globals';
import { createTestClock } from '../../core/test-clock.ts';
import { createSqs } from './sqs.ts';

const QueueUrl = 'http://127.0.0.1:4566/123456789012/work';
const clock = createTestClock();
const sqs = createSqs({
  clock,
  endpointUrl: 'http://127.0.0.1:4566',
  region: 'eu-central-1',
  accountId: '123456789012',
});
sqs.createQueue({ name: 'work', attributes: { VisibilityTimeout: '5' } });

async function run(action: string, input: object): Promise<Record<string, unknown>> {
  const caller = { arn: 'arn:aws:iam::123456789012:root' };
  return { ...(await sqs.service.actions[action]?.({ QueueUrl, ...input }, caller)) };
}

test('an attribute that is set to an empty text is gone', async () => {
  const all = async () =>
    (await run('GetQueueAttributes', { AttributeNames: ['All'] }))['Attributes'];
  await run('SetQueueAttributes', { Attributes: { Policy: '{}', KmsMasterKeyId: 'alias/k' } });
  expect(await all()).toMatchObject({ Policy: '{}', SqsManagedSseEnabled: 'false' });
  await run('SetQueueAttributes', { Attributes: { Policy: '', KmsMasterKeyId: '' } });
  expect(await all()).not.toHaveProperty('Policy');
});

test('a receiver has all attributes by a star, and may hide a message again whose time is over', async () => {
  await run('SendMessage', {
    MessageBody: 'x',
    MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } },
  });
  const { Messages } = await run('ReceiveMessage', { MessageAttributeNames: ['*'] });
  expect(Messages).toMatchObject([{ MessageAttributes: { a: { StringValue: 'b' } } }]);
  const [{ ReceiptHandle }] = Array.isArray(Messages) ? Messages : [{ ReceiptHandle: '' }];
  await clock.advance(6000);
  await run('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 5 });
  expect(await run('ReceiveMessage', {})).toEqual({});
  await clock.advance(6000);
  expect(await run('ReceiveMessage', {})).toMatchObject({ Messages: [{ Body: 'x' }] });
  await expect(
    run('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 5 }),
  ).rejects.toMatchObject({ name: 'MessageNotInflight' });
});

test('a system attribute that no message has is refused by name', async () => {
  for (const names of ['AttributeNames', 'MessageSystemAttributeNames']) {
    await expect(run('ReceiveMessage', { [names]: ['Colour'] })).rejects.toMatchObject({
      name: 'InvalidAttributeName',
      message: 'Unknown Attribute Colour.',
    });
    // SQS's model lists the attributes of queues too.
    expect(await run('ReceiveMessage', { [names]: ['SenderId', 'Policy'] })).toEqual({});
  }
});
