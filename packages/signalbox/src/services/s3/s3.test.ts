import { beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock } from '../../core/test-clock.ts';
import type { S3Event } from './object-event.ts';
import { createS3, type S3 } from './s3.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const Bucket = 'orders-archive';

let s3: S3;

beforeEach(async () => {
  s3 = createS3({ clock: createTestClock(), region: 'eu-central-1', accountId: '123456789012' });
  await run('CreateBucket', {
    Bucket,
    CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
  });
});

async function run(action: string, input: object): Promise<Record<string, unknown>> {
  const act = s3.service.actions[action];
  if (act === undefined) throw new RangeError(`Cannot find the action ${action}`);
  return { ...(await act(input, caller)) };
}

const put = (Key: string, Body = Key) => run('PutObject', { Bucket, Key, Body });

async function read(Key: string, more: object = {}): Promise<string> {
  const { Body } = await run('GetObject', { Bucket, Key, ...more });
  return Buffer.from(Body instanceof Uint8Array ? Body : []).toString();
}

describe('CreateBucket', () => {
  const at = (region: string) => ({ CreateBucketConfiguration: { LocationConstraint: region } });
  const here = at('eu-central-1');

  test.each([
    [Bucket, 'BucketAlreadyOwnedByYou'],
    ['Upper', 'InvalidBucketName'],
    ['ab', 'InvalidBucketName'],
    ['10.0.0.1', 'InvalidBucketName'],
    ['a..b', 'InvalidBucketName'],
    ['xn--a', 'InvalidBucketName'],
  ])('refuses %s', async (name, error) => {
    await expect(run('CreateBucket', { Bucket: name, ...here })).rejects.toMatchObject({
      name: error,
    });
  });

  test('says where it is', async () => {
    expect(await run('GetBucketLocation', { Bucket })).toEqual({
      LocationConstraint: 'eu-central-1',
    });
    expect(await run('HeadBucket', { Bucket })).toMatchObject({ BucketRegion: 'eu-central-1' });
    await expect(run('HeadBucket', { Bucket: 'none' })).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('takes the Region that is asked, which must be named', async () => {
    const name = 'IllegalLocationConstraintException';

    await expect(run('CreateBucket', { Bucket: 'audits' })).rejects.toMatchObject({
      name,
      message:
        'The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.',
    });
    await expect(
      run('CreateBucket', { Bucket: 'audits', ...at('us-west-2') }),
    ).rejects.toMatchObject({ name });
  });

  test('takes any Region in us-east-1, where an owner may make a bucket again', async () => {
    const asked = { ...caller, region: 'us-east-1' };
    const create = async (input: object) => s3.service.actions['CreateBucket']?.(input, asked);
    await create({ Bucket: 'audits' });
    await create({ Bucket: 'audits' });
    await create({ Bucket: 'far', ...at('us-west-2') });

    expect(await run('GetBucketLocation', { Bucket: 'audits' })).toEqual({});
    expect(await run('GetBucketLocation', { Bucket: 'far' })).toEqual({
      LocationConstraint: 'us-west-2',
    });
    await expect(create({ Bucket: 'other', ...at('us-east-1') })).rejects.toMatchObject({
      name: 'InvalidLocationConstraint',
      message: 'The specified location-constraint is not valid',
    });
  });
});

describe('DeleteBucket', () => {
  test('deletes an empty one alone', async () => {
    await put('a');

    await expect(run('DeleteBucket', { Bucket })).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    await run('DeleteObject', { Bucket, Key: 'a' });
    await run('DeleteBucket', { Bucket });

    await expect(run('ListObjectsV2', { Bucket })).rejects.toMatchObject({
      name: 'NoSuchBucket',
      message: 'The specified bucket does not exist',
    });
  });
});

describe('PutObject', () => {
  test('keeps bytes, headers, metadata and tags', async () => {
    const given = { ContentType: 'text/plain', Metadata: { order: '1' }, Tagging: 'stage=local' };
    const ETag = '"5d41402abc4b2a76b9719d911017c592"';

    expect(await run('PutObject', { Bucket, Key: 'a', Body: 'hello', ...given })).toMatchObject({
      ETag,
    });

    const { Body, ...headers } = await run('GetObject', { Bucket, Key: 'a' });
    expect(Body).toEqual(Buffer.from('hello'));
    expect(headers).toMatchObject({
      ContentLength: 5,
      ContentType: 'text/plain',
      ETag,
      Metadata: { order: '1' },
      TagCount: 1,
    });
    expect(await run('HeadObject', { Bucket, Key: 'a' })).toEqual(headers);
    expect(await run('GetObjectTagging', { Bucket, Key: 'a' })).toEqual({
      TagSet: [{ Key: 'stage', Value: 'local' }],
    });
  });

  test('takes any JSON of a workflow as its text', async () => {
    await run('PutObject', { Bucket, Key: 'a', Body: { order: 1 } });

    expect(await read('a')).toBe('{"order":1}');
  });

  test('supports conditions', async () => {
    await put('a');

    await expect(run('PutObject', { Bucket, Key: 'a', IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(run('GetObject', { Bucket, Key: 'a', IfMatch: 'other' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
  });
});

describe('GetObject', () => {
  test.each([
    ['bytes=0-1', 'he', 'bytes 0-1/5'],
    ['bytes=3-', 'lo', 'bytes 3-4/5'],
    ['bytes=-2', 'lo', 'bytes 3-4/5'],
    ['bytes=3-99', 'lo', 'bytes 3-4/5'],
  ])('returns the range %s', async (Range, text, ContentRange) => {
    await put('a', 'hello');

    expect(await read('a', { Range })).toBe(text);
    expect(await run('GetObject', { Bucket, Key: 'a', Range })).toMatchObject({ ContentRange });
  });

  test('refuses a range behind the end, and a key that is not there', async () => {
    await put('a', 'hello');

    await expect(read('a', { Range: 'bytes=5-' })).rejects.toMatchObject({ name: 'InvalidRange' });
    await expect(read('b')).rejects.toMatchObject({
      name: 'NoSuchKey',
      message: 'The specified key does not exist.',
    });
  });
});

describe('CopyObject', () => {
  test('copies bytes and metadata, or takes new metadata', async () => {
    await run('PutObject', { Bucket, Key: 'a b', Body: 'x', Metadata: { old: '1' } });

    await run('CopyObject', { Bucket, Key: 'c', CopySource: `${Bucket}/a%20b` });
    const replaced = { MetadataDirective: 'REPLACE', Metadata: { fresh: '2' } };
    await run('CopyObject', { Bucket, Key: 'd', CopySource: `/${Bucket}/a b`, ...replaced });

    expect(await read('c')).toBe('x');
    expect(await run('HeadObject', { Bucket, Key: 'c' })).toMatchObject({ Metadata: { old: '1' } });
    expect(await run('HeadObject', { Bucket, Key: 'd' })).toMatchObject({
      Metadata: { fresh: '2' },
    });
  });
});

describe('ListObjectsV2', () => {
  test('pages through keys and what they have in common', async () => {
    for (const key of ['a/1', 'a/2', 'b', 'c/1', 'é']) await put(key);

    const first = await run('ListObjectsV2', { Bucket, Delimiter: '/', MaxKeys: 2 });
    expect(first).toMatchObject({
      IsTruncated: true,
      KeyCount: 2,
      CommonPrefixes: [{ Prefix: 'a/' }],
      Contents: [{ Key: 'b', Size: 1 }],
    });
    const ContinuationToken = first['NextContinuationToken'];
    const second = await run('ListObjectsV2', { Bucket, Delimiter: '/', ContinuationToken });
    expect(second).toMatchObject({
      IsTruncated: false,
      CommonPrefixes: [{ Prefix: 'c/' }],
      Contents: [{ Key: 'é' }],
    });
    expect(await run('ListObjectsV2', { Bucket, Prefix: 'a/', StartAfter: 'a/1' })).toMatchObject({
      Contents: [{ Key: 'a/2' }],
    });
  });
});

describe('PutBucketVersioning', () => {
  test('keeps what was there, and marks what is deleted', async () => {
    const VersioningConfiguration = { Status: 'Enabled' };
    await run('PutBucketVersioning', { Bucket, VersioningConfiguration });
    const { VersionId } = await put('a', 'one');
    await put('a', 'two');

    const marker = await run('DeleteObject', { Bucket, Key: 'a' });

    expect(await read('a', { VersionId })).toBe('one');
    await expect(read('a')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await run('DeleteObjects', {
      Bucket,
      Delete: { Objects: [{ Key: 'a', VersionId: marker['VersionId'] }] },
    });
    expect(await read('a')).toBe('two');
  });
});

describe('PutBucketNotificationConfiguration', () => {
  test('notifies EventBridge of new objects', async () => {
    const heard: S3Event[] = [];
    s3.onObjectEvent((event) => void heard.push(event));
    await put('before');
    await run('PutBucketNotificationConfiguration', {
      Bucket,
      NotificationConfiguration: { EventBridgeConfiguration: {} },
    });

    await put('a', 'hello');

    expect(heard).toMatchObject([
      {
        source: 'aws.s3',
        detailType: 'Object Created',
        detail: { bucket: { name: Bucket }, object: { key: 'a', size: 5 }, reason: 'PutObject' },
      },
    ]);
  });

  test('refuses other targets', async () => {
    const QueueConfigurations = [{ QueueArn: 'arn', Events: ['s3:ObjectCreated:*'] }];
    await expect(
      run('PutBucketNotificationConfiguration', {
        Bucket,
        NotificationConfiguration: { QueueConfigurations },
      }),
    ).rejects.toMatchObject({ name: 'InvalidRequest' });
  });
});
