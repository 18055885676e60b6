import { describe, expect, test } from '@jest/globals';
import { createTestBus } from '../test-bus.ts';
import { createEventsService } from './events-service.ts';

const CALLER = { arn: 'arn:aws:iam::123456789012:root' };

function start() {
  const { actions } = createEventsService(createTestBus().bus);
  return async (action: string, input: object): Promise<object> => {
    const run = actions[action];
    if (run === undefined) throw new Error(`No action ${action}`);
    return run(input, CALLER);
  };
}

const ARN = 'arn:aws:events:eu-west-1:123456789012';

describe('the tags of buses and rules', () => {
  test('are given at the start, changed and taken away', async () => {
    const call = start();
    await call('CreateEventBus', { Name: 'shop', Tags: [{ Key: 'team', Value: 'orders' }] });
    const ResourceARN = `${ARN}:event-bus/shop`;
    await call('TagResource', { ResourceARN, Tags: [{ Key: 'stage', Value: 'dev' }] });
    await call('UntagResource', { ResourceARN, TagKeys: ['team'] });
    expect(await call('ListTagsForResource', { ResourceARN })).toEqual({
      Tags: [{ Key: 'stage', Value: 'dev' }],
    });
    await call('DeleteEventBus', { Name: 'shop' });
    await call('CreateEventBus', { Name: 'shop' });
    expect(await call('ListTagsForResource', { ResourceARN })).toEqual({ Tags: [] });
  });

  test('are those of the first PutRule', async () => {
    const call = start();
    const rule = { Name: 'all', EventPattern: '{"source":["shop"]}' };
    await call('PutRule', { ...rule, Tags: [{ Key: 'team', Value: 'orders' }] });
    await call('PutRule', { ...rule, Tags: [{ Key: 'team', Value: 'other' }] });
    expect(await call('ListTagsForResource', { ResourceARN: `${ARN}:rule/all` })).toEqual({
      Tags: [{ Key: 'team', Value: 'orders' }],
    });
  });

  test('are refused for what is not there', async () => {
    await expect(
      start()('ListTagsForResource', { ResourceARN: `${ARN}:rule/shop/none` }),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Rule none does not exist on EventBus shop.',
    });
  });
});

test('a bus has permissions, each under its statement id', async () => {
  const call = start();
  const statement = {
    StatementId: 'partner',
    Action: 'events:PutEvents',
    Principal: '111122223333',
  };
  await call('PutPermission', statement);
  await call('PutPermission', { ...statement, StatementId: 'all', Principal: '*' });
  const { Policy = '' }: { Policy?: string } = await call('DescribeEventBus', {});
  expect(JSON.parse(Policy)).toMatchObject({
    Statement: [
      {
        Sid: 'partner',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'events:PutEvents',
        Resource: `${ARN}:event-bus/default`,
      },
      { Sid: 'all', Principal: '*' },
    ],
  });
  await call('RemovePermission', { StatementId: 'partner' });
  await expect(call('RemovePermission', { StatementId: 'partner' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await call('RemovePermission', { RemoveAllPermissions: true });
  expect(await call('DescribeEventBus', {})).toMatchObject({ Policy: undefined });
  await expect(call('PutPermission', { Policy: '[' })).rejects.toMatchObject({
    name: 'ValidationException',
  });
});
