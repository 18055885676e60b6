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

describe('a secret that is deleted', () => {
  test('can be restored until its day has come', async () => {
    await run('DeleteSecret', { SecretId: 'payments', RecoveryWindowInDays: 7 });
    await expect(run('GetSecretValue', { SecretId: 'payments' })).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
    await expect(run('CreateSecret', { Name: 'payments' })).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
    expect(await run('ListSecrets', {})).toMatchObject({ SecretList: [] });
    expect(await run('ListSecrets', { IncludePlannedDeletion: true })).toMatchObject({
      SecretList: [{ Name: 'payments', DeletedDate: clock.now() }],
    });
    await run('RestoreSecret', { SecretId: 'payments' });
    expect(await run('GetSecretValue', { SecretId: 'payments' })).toMatchObject({
      SecretString: 'first',
    });

    await run('DeleteSecret', { SecretId: 'payments', RecoveryWindowInDays: 7 });
    await clock.advance(7 * 24 * 3_600_000);
    await expect(run('RestoreSecret', { SecretId: 'payments' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('is gone at once where that is forced', async () => {
    await run('DeleteSecret', { SecretId: arn, ForceDeleteWithoutRecovery: true });
    await run('CreateSecret', { Name: 'payments', SecretString: 'new' });
    expect(await run('GetSecretValue', { SecretId: 'payments' })).toMatchObject({
      SecretString: 'new',
    });
  });

  test.each([
    [{ RecoveryWindowInDays: 6 }],
    [{ RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }],
  ])('is not with %j', async (input) => {
    await expect(run('DeleteSecret', { SecretId: 'payments', ...input })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

test('UpdateSecret changes what it is given, and keeps the rest', async () => {
  await run('UpdateSecret', { SecretId: 'payments', Description: 'what pays' });
  await run('UpdateSecret', { SecretId: 'payments', SecretString: 'second' });
  await run('TagResource', { SecretId: 'payments', Tags: [{ Key: 'a', Value: '1' }] });
  await run('TagResource', { SecretId: 'payments', Tags: [{ Key: 'b', Value: '2' }] });
  await run('UntagResource', { SecretId: 'payments', TagKeys: ['a'] });
  expect(await run('DescribeSecret', { SecretId: 'payments' })).toMatchObject({
    Description: 'what pays',
    Tags: [{ Key: 'b', Value: '2' }],
  });
  expect(await run('BatchGetSecretValue', { SecretIdList: ['payments', 'none'] })).toMatchObject({
    SecretValues: [{ SecretString: 'second' }],
    Errors: [{ SecretId: 'none', ErrorCode: 'ResourceNotFoundException' }],
  });
});

test('a label moves to another version, from where it is', async () => {
  await run('PutSecretValue', { SecretId: 'payments', SecretString: 'second' });
  const listed = await run('ListSecretVersionIds', { SecretId: 'payments' });
  const [first, second] = [listed['Versions']].flat().map((version) => Object(version).VersionId);
  const move = { SecretId: 'payments', VersionStage: 'AWSCURRENT', MoveToVersionId: first };
  await expect(run('UpdateSecretVersionStage', move)).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
  await run('UpdateSecretVersionStage', { ...move, RemoveFromVersionId: second });
  expect(await run('GetSecretValue', { SecretId: 'payments' })).toMatchObject({
    SecretString: 'first',
  });
  expect(
    await run('GetSecretValue', { SecretId: 'payments', VersionStage: 'AWSPREVIOUS' }),
  ).toMatchObject({ SecretString: 'second' });
});

test('a random password has a character of each kind, and none that is excluded', async () => {
  for (let tries = 0; tries < 50; tries += 1) {
    const { RandomPassword } = await run('GetRandomPassword', {
      PasswordLength: 4,
      ExcludeCharacters: 'aB1!',
    });
    expect(RandomPassword).toMatch(/^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)(?=.*[\W_])[^aB1!]{4}$/);
  }
  await expect(run('GetRandomPassword', { PasswordLength: 3 })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
});
