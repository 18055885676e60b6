import { beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock, type TestClock } from '../../core/test-clock.ts';
import { createSecretsManager, type SecretsManager } from './secrets-manager.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:payments-AbCdEf';

let clock: TestClock;
let secrets: SecretsManager;

beforeEach(() => {
  clock = createTestClock();
  secrets = createSecretsManager({ clock, region: 'eu-central-1', accountId: '123456789012' });
  secrets.createSecret({ name: 'payments', arn, secretString: 'first' });
});

async function run(action: string, input: object): Promise<Record<string, unknown>> {
  return { ...(await secrets.service.actions[action]!(input, caller)) };
}

test('a secret has the tags and the key that it was created with', async () => {
  const Tags = [{ Key: 'team', Value: 'orders' }];
  await run('CreateSecret', { Name: 'new', SecretString: 'x', Tags, KmsKeyId: 'alias/k' });
  await run('PutSecretValue', { SecretId: 'new', SecretString: 'y' });
  expect(await run('DescribeSecret', { SecretId: 'new' })).toMatchObject({
    Tags,
    KmsKeyId: 'alias/k',
  });
});

describe('GetSecretValue', () => {
  test.each(['payments', arn, arn.slice(0, -7)])('finds the secret by %s', async (SecretId) => {
    expect(await run('GetSecretValue', { SecretId })).toMatchObject({
      ARN: arn,
      Name: 'payments',
      SecretString: 'first',
      VersionStages: ['AWSCURRENT'],
    });
  });

  test('refuses a secret and a version that are not there', async () => {
    await expect(run('GetSecretValue', { SecretId: 'other' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    });
    await expect(
      run('GetSecretValue', { SecretId: arn, VersionStage: 'AWSPREVIOUS' }),
    ).rejects.toMatchObject({
      message:
        "Secrets Manager can't find the specified secret value for staging label: AWSPREVIOUS",
    });
  });
});

describe('PutSecretValue', () => {
  test('keeps the value before as AWSPREVIOUS', async () => {
    await run('PutSecretValue', { SecretId: arn, SecretString: 'second' });
    await run('PutSecretValue', { SecretId: arn, SecretString: 'third' });

    expect(await run('GetSecretValue', { SecretId: arn })).toMatchObject({ SecretString: 'third' });
    const VersionStage = 'AWSPREVIOUS';
    expect(await run('GetSecretValue', { SecretId: arn, VersionStage })).toMatchObject({
      SecretString: 'second',
    });
  });

  test('returns the same token again, and refuses it with another value', async () => {
    const put = (SecretString: string) =>
      run('PutSecretValue', { SecretId: arn, SecretString, ClientRequestToken: 'token' });

    expect(await put('second')).toEqual(await put('second'));
    await expect(put('third')).rejects.toMatchObject({ name: 'ResourceExistsException' });
  });
});

describe('CreateSecret', () => {
  test('makes a secret whose value can be read', async () => {
    const SecretBinary = new Uint8Array([1, 2]);
    const { ARN } = await run('CreateSecret', { Name: 'app/key', SecretBinary });

    expect(ARN).toMatch(/:secret:app\/key-[A-Za-z0-9]{6}$/);
    expect(await run('GetSecretValue', { SecretId: 'app/key' })).toMatchObject({ SecretBinary });
    await expect(run('CreateSecret', { Name: 'app/key' })).rejects.toMatchObject({
      name: 'ResourceExistsException',
      message: 'The operation failed because the secret app/key already exists.',
    });
  });
});

describe('ListSecrets and DescribeSecret', () => {
  test('never show a value', async () => {
    await run('CreateSecret', { Name: 'other', SecretString: 'hidden' });

    const first = await run('ListSecrets', { MaxResults: 1 });
    const second = await run('ListSecrets', { MaxResults: 1, NextToken: first['NextToken'] });

    expect(first).toMatchObject({ SecretList: [{ Name: 'payments' }] });
    expect(second).toMatchObject({ SecretList: [{ Name: 'other' }] });
    const described = await run('DescribeSecret', { SecretId: 'other' });
    expect(JSON.stringify([first, second, described])).not.toMatch(/hidden|first/);
  });
});

describe('createSecret()', () => {
  test('leaves a secret alone that is there', async () => {
    await run('PutSecretValue', { SecretId: arn, SecretString: 'rotated' });

    secrets.createSecret({ name: 'payments', arn, secretString: 'generated anew' });

    expect(await run('GetSecretValue', { SecretId: arn })).toMatchObject({
      SecretString: 'rotated',
    });
  });
});
