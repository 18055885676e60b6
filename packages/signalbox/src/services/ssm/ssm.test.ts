import { beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock } from '../../core/test-clock.ts';
import { createSsm, type Ssm } from './ssm.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const prefix = 'arn:aws:ssm:eu-central-1:123456789012:parameter';

let ssm: Ssm;

beforeEach(() => {
  ssm = createSsm({
    clock: createTestClock(),
    region: 'eu-central-1',
    accountId: '123456789012',
  });
  ssm.createParameter({ name: '/app/payments/url', type: 'String', value: 'http://payments' });
  ssm.createParameter({ name: '/app/stage', type: 'String', value: 'local' });
  ssm.createParameter({ name: 'plain', type: 'StringList', value: 'a,b' });
});

async function run(action: string, input: object): Promise<Record<string, unknown>> {
  return { ...(await ssm.service.actions[action]!(input, caller)) };
}

describe('GetParameter', () => {
  test.each([
    ['/app/stage', '/app/stage'],
    [`${prefix}/app/stage`, '/app/stage'],
    [`${prefix}/plain`, 'plain'],
  ])('finds %s', async (Name, name) => {
    expect(await run('GetParameter', { Name })).toMatchObject({
      Parameter: { Name: name, Version: 1, DataType: 'text' },
    });
  });

  test('refuses what is not there', async () => {
    await expect(run('GetParameter', { Name: '/none' })).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
    await expect(run('GetParameter', { Name: '/app/stage:7' })).rejects.toMatchObject({
      name: 'ParameterVersionNotFound',
      message:
        'Systems Manager could not find version 7 of /app/stage. Verify the version and try again.',
    });
  });
});

describe('PutParameter', () => {
  test('makes a new version with Overwrite, and refuses without', async () => {
    const put = (more: object) => run('PutParameter', { Name: '/app/stage', Value: 'b', ...more });

    await expect(put({})).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
    expect(await put({ Overwrite: true })).toEqual({ Version: 2, Tier: 'Standard' });
    expect(await run('GetParameter', { Name: '/app/stage:1' })).toMatchObject({
      Parameter: { Value: 'local' },
    });
  });

  test('seals a SecureString unless decryption is asked for', async () => {
    await run('PutParameter', { Name: 'key', Value: 'open', Type: 'SecureString' });

    const sealed = await run('GetParameter', { Name: 'key' });
    expect(JSON.stringify(sealed)).not.toContain('open');
    expect(await run('GetParameter', { Name: 'key', WithDecryption: true })).toMatchObject({
      Parameter: { Value: 'open' },
    });
  });
});

describe('GetParameters', () => {
  test('names those that are none', async () => {
    expect(await run('GetParameters', { Names: ['plain', 'none'] })).toMatchObject({
      Parameters: [{ Name: 'plain' }],
      InvalidParameters: ['none'],
    });
  });
});

describe('GetParametersByPath', () => {
  test('returns one level, or all with Recursive, in pages', async () => {
    expect(await run('GetParametersByPath', { Path: '/app' })).toMatchObject({
      Parameters: [{ Name: '/app/stage' }],
    });
    const first = await run('GetParametersByPath', { Path: '/', Recursive: true, MaxResults: 1 });
    expect(first).toMatchObject({ Parameters: [{ Name: '/app/payments/url' }] });
    const { NextToken } = first;
    expect(
      await run('GetParametersByPath', { Path: '/', Recursive: true, NextToken }),
    ).toMatchObject({
      Parameters: [{ Name: '/app/stage' }],
    });
  });
});

describe('DescribeParameters', () => {
  test('filters by name, and refuses other filters by name', async () => {
    const describeBy = (Key: string) =>
      run('DescribeParameters', {
        ParameterFilters: [{ Key, Option: 'BeginsWith', Values: ['/app/st'] }],
      });

    expect(await describeBy('Name')).toMatchObject({ Parameters: [{ Name: '/app/stage' }] });
    await expect(describeBy('Label')).rejects.toMatchObject({
      name: 'InvalidFilterKey',
      message: expect.stringContaining('Label'),
    });
  });
});

describe('PutParameter', () => {
  const put = (more: object) => run('PutParameter', { Name: 'n', Type: 'String', ...more });

  test('holds a value against the allowed pattern, of an earlier version too', async () => {
    const mismatch = { name: 'ParameterPatternMismatchException' };
    await expect(put({ Value: 'abc', AllowedPattern: '^\\d+$' })).rejects.toMatchObject(mismatch);
    await put({ Value: '12', AllowedPattern: '^\\d+$' });
    await expect(put({ Value: 'x', Overwrite: true })).rejects.toMatchObject(mismatch);
    await expect(put({ Value: 'x', Overwrite: true, AllowedPattern: '(' })).rejects.toMatchObject({
      name: 'InvalidAllowedPatternException',
    });
  });

  test('keeps up to 8 KB in the advanced tier', async () => {
    const Value = 'x'.repeat(5000);
    await expect(put({ Value })).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await put({ Value, Tier: 'Advanced' })).toMatchObject({ Tier: 'Advanced' });
  });
});

describe('createParameter()', () => {
  test('makes no new version for an equal value', async () => {
    ssm.createParameter({ name: 'plain', type: 'StringList', value: 'a,b' });

    expect(await run('GetParameter', { Name: 'plain' })).toMatchObject({
      Parameter: { Version: 1 },
    });
  });
});

describe('a parameter', () => {
  test('is deleted with its versions and tags, once', async () => {
    await run('PutParameter', { Name: '/app/stage', Value: 'two', Overwrite: true });
    expect(await run('GetParameterHistory', { Name: '/app/stage' })).toMatchObject({
      Parameters: [
        { Version: 1, Value: 'local' },
        { Version: 2, Value: 'two' },
      ],
    });
    await run('DeleteParameter', { Name: '/app/stage' });
    await expect(run('DeleteParameter', { Name: '/app/stage' })).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
    expect(await run('DeleteParameters', { Names: ['plain', 'none'] })).toEqual({
      DeletedParameters: ['plain'],
      InvalidParameters: ['none'],
    });
    await run('PutParameter', { Name: '/app/stage', Value: 'new', Type: 'String' });
    expect(await run('GetParameter', { Name: '/app/stage' })).toMatchObject({
      Parameter: { Version: 1 },
    });
  });

  test('has tags', async () => {
    const resource = { ResourceType: 'Parameter', ResourceId: 'tagged' };
    const Tags = [{ Key: 'team', Value: 'orders' }];
    await run('PutParameter', { Name: 'tagged', Value: 'x', Type: 'String', Tags });
    await run('AddTagsToResource', { ...resource, Tags: [{ Key: 'stage', Value: 'dev' }] });
    await run('RemoveTagsFromResource', { ...resource, TagKeys: ['team'] });
    expect(await run('ListTagsForResource', resource)).toEqual({
      TagList: [{ Key: 'stage', Value: 'dev' }],
    });
    await expect(
      run('PutParameter', { Name: 'tagged', Value: 'y', Overwrite: true, Tags }),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(
      run('ListTagsForResource', { ...resource, ResourceId: 'none' }),
    ).rejects.toMatchObject({ name: 'InvalidResourceId' });
  });
});
