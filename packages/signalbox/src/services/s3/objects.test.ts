import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { S3Event } from './object-event.ts';
import { s3UnderTest } from './test-s3.ts';

const Bucket = 'given';

let run: ReturnType<typeof s3UnderTest>['run'];
let s3: ReturnType<typeof s3UnderTest>['s3'];

beforeEach(async () => {
  ({ run, s3 } = s3UnderTest('2026-01-05T10:00:00.700Z'));
  await run('CreateBucket', { Bucket });
});

const put = (Key: string, more: object = {}) =>
  run('PutObject', { Bucket, Key, Body: 'hello', ...more });

describe('a body', () => {
  test.each([
    ['ContentMD5', createHash('md5').update('hello').digest('base64')],
    ['ChecksumCRC32', 'NhCmhg=='],
    ['ChecksumCRC32C', 'mnG7TA=='],
    ['ChecksumSHA1', createHash('sha1').update('hello').digest('base64')],
    ['ChecksumSHA256', createHash('sha256').update('hello').digest('base64')],
  ])('is held against its %s', async (name, right) => {
    await put('right', { [name]: right });
    const wrong = Buffer.from(right, 'base64').reverse().toString('base64');
    await expect(put('wrong', { [name]: wrong })).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(run('HeadObject', { Bucket, Key: 'wrong' })).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  test('has its checksum returned where it is asked for', async () => {
    await put('a', { ChecksumCRC32: 'NhCmhg==' });
    const returned = { ChecksumCRC32: 'NhCmhg==', ChecksumType: 'FULL_OBJECT' };
    expect(await run('HeadObject', { Bucket, Key: 'a', ChecksumMode: 'ENABLED' })).toMatchObject(
      returned,
    );
    expect(await run('HeadObject', { Bucket, Key: 'a' })).not.toHaveProperty('ChecksumCRC32');
    const part = { Bucket, Key: 'a', ChecksumMode: 'ENABLED', Range: 'bytes=0-1' };
    expect(await run('GetObject', part)).not.toHaveProperty('ChecksumCRC32');
  });
});

describe('a bucket', () => {
  test('is made with tags, which are checked first', async () => {
    const tags = (Key: string) => ({ CreateBucketConfiguration: { Tags: [{ Key, Value: 'a' }] } });
    await expect(run('CreateBucket', { Bucket: 'odd', ...tags('aws:x') })).rejects.toMatchObject({
      name: 'InvalidTag',
    });
    await expect(run('HeadBucket', { Bucket: 'odd' })).rejects.toMatchObject({ name: 'NotFound' });
    await run('CreateBucket', { Bucket: 'tagged', ...tags('team') });
    expect(await run('GetBucketTagging', { Bucket: 'tagged' })).toEqual({
      TagSet: [{ Key: 'team', Value: 'a' }],
    });
  });
});

describe('an object', () => {
  test('says how it was asked to be encrypted, and a key of KMS needs KMS', async () => {
    const kms = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'k', BucketKeyEnabled: true };
    expect(await put('a', kms)).toMatchObject(kms);
    expect(await run('HeadObject', { Bucket, Key: 'a' })).toMatchObject(kms);
    await expect(put('b', { SSEKMSKeyId: 'k' })).rejects.toMatchObject({ name: 'InvalidArgument' });
  });

  test('that was deleted is said to be so, with its marker', async () => {
    const VersioningConfiguration = { Status: 'Enabled' };
    await run('PutBucketVersioning', { Bucket, VersioningConfiguration });
    const { VersionId } = await put('a');
    const copied = await run('CopyObject', { Bucket, Key: 'b', CopySource: `${Bucket}/a` });
    expect(copied).toMatchObject({ CopySourceVersionId: VersionId });
    expect(await run('GetObjectTagging', { Bucket, Key: 'a' })).toEqual({ TagSet: [], VersionId });
    const { VersionId: markedId } = await run('DeleteObject', { Bucket, Key: 'a' });
    for (const action of ['GetObject', 'HeadObject']) {
      await expect(run(action, { Bucket, Key: 'a' })).rejects.toMatchObject({
        headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': markedId },
      });
    }
  });

  test('has an owner in the older list, and in the newer one where it is asked for', async () => {
    await put('a');
    const owned = { Contents: [{ Owner: { ID: 'rehearsal' } }] };
    expect(await run('ListObjects', { Bucket })).toMatchObject(owned);
    expect(await run('ListObjectsV2', { Bucket, FetchOwner: true })).toMatchObject(owned);
    expect(await run('ListObjectsV2', { Bucket })).not.toMatchObject(owned);
  });
});

describe('a condition', () => {
  test('lists tags, and the answer that nothing was modified has the object’s', async () => {
    const { ETag } = await put('a');
    for (const IfNoneMatch of [ETag, `"other", ${String(ETag)}`, `W/${String(ETag)}`, '*']) {
      await expect(run('GetObject', { Bucket, Key: 'a', IfNoneMatch })).rejects.toMatchObject({
        name: 'NotModified',
        headers: { etag: ETag, 'last-modified': 'Mon, 05 Jan 2026 10:00:00 GMT' },
      });
    }
  });

  test('of one of several deletions holds', async () => {
    await put('a');
    const Delete = { Objects: [{ Key: 'a', ETag: 'other' }] };
    expect(await run('DeleteObjects', { Bucket, Delete })).toMatchObject({
      Deleted: [],
      Errors: [{ Key: 'a', Code: 'PreconditionFailed' }],
    });
  });

  test('of a deletion, a copy and a write holds', async () => {
    await put('a');
    const failed = { name: 'PreconditionFailed' };
    const refusals = [
      run('DeleteObject', { Bucket, Key: 'a', IfMatch: '"0"' }),
      run('CopyObject', { Bucket, Key: 'b', CopySource: `${Bucket}/a`, CopySourceIfMatch: '"0"' }),
      put('a', { IfNoneMatch: '*' }),
    ];
    for (const refused of refusals) await expect(refused).rejects.toMatchObject(failed);
    // AWS answers so itself (recorded).
    const odd = [{ IfNoneMatch: '"0"' }, { IfMatch: '*' }, { IfMatch: '"0"', IfNoneMatch: '*' }];
    for (const condition of odd) {
      await expect(put('new', condition)).rejects.toMatchObject({
        name: 'NotImplemented',
        message: 'A header you provided implies functionality that is not implemented',
      });
    }
    await expect(
      run('CopyObject', { Bucket, Key: 'a', CopySource: `${Bucket}/a` }),
    ).rejects.toMatchObject({ name: 'InvalidRequest' });
  });

  test('compares times to the second, as an object has them', async () => {
    await put('a');
    const { LastModified } = await run('HeadObject', { Bucket, Key: 'a' });
    expect(LastModified).toEqual(new Date('2026-01-05T10:00:00Z'));
    await expect(
      run('GetObject', { Bucket, Key: 'a', IfModifiedSince: LastModified }),
    ).rejects.toMatchObject({ name: 'NotModified' });
  });
});

test('a request sets headers of its response', async () => {
  await put('a', { ContentType: 'text/plain' });
  const response = await run('GetObject', { Bucket, Key: 'a', ResponseContentType: 'text/csv' });
  expect(response).toMatchObject({ ContentType: 'text/csv' });
});

test('EventBridge is notified of what is copied, tagged and deleted', async () => {
  const heard: S3Event[] = [];
  s3.onObjectEvent((event) => void heard.push(event));
  await run('PutBucketNotificationConfiguration', {
    Bucket,
    NotificationConfiguration: { EventBridgeConfiguration: {} },
  });
  await put('a');
  await run('CopyObject', { Bucket, Key: 'b', CopySource: `${Bucket}/a` });
  const Tagging = { TagSet: [{ Key: 'k', Value: 'v' }] };
  await run('PutObjectTagging', { Bucket, Key: 'a', Tagging });
  await run('DeleteObjectTagging', { Bucket, Key: 'a' });
  await run('DeleteObject', { Bucket, Key: 'a' });
  await run('DeleteObject', { Bucket, Key: 'never there' });
  await run('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } });
  await run('DeleteObjects', { Bucket, Delete: { Objects: [{ Key: 'b' }] } });

  expect(
    heard.map(({ detailType, detail }) => [detailType, detail['reason'], detail['deletion-type']]),
  ).toEqual([
    ['Object Created', 'PutObject', undefined],
    ['Object Created', 'CopyObject', undefined],
    ['Object Tags Added', undefined, undefined],
    ['Object Tags Deleted', undefined, undefined],
    ['Object Deleted', 'DeleteObject', 'Permanently Deleted'],
    ['Object Deleted', 'DeleteObject', 'Delete Marker Created'],
  ]);
});

describe('a list', () => {
  test('of versions has each, the newest first, and the markers', async () => {
    await run('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } });
    const { VersionId: older } = await put('b');
    const { VersionId: newer } = await put('b');
    await put('a');
    const { VersionId: marker } = await run('DeleteObject', { Bucket, Key: 'a' });
    const page = await run('ListObjectVersions', { Bucket, MaxKeys: 3 });
    expect(page).toMatchObject({
      IsTruncated: true,
      NextKeyMarker: 'b',
      NextVersionIdMarker: newer,
      Versions: [
        { Key: 'a', IsLatest: false },
        { VersionId: newer, IsLatest: true },
      ],
      DeleteMarkers: [{ Key: 'a', VersionId: marker, IsLatest: true }],
    });
    const rest = { KeyMarker: 'b', VersionIdMarker: newer };
    expect(await run('ListObjectVersions', { Bucket, ...rest })).toMatchObject({
      IsTruncated: false,
      Versions: [{ VersionId: older, IsLatest: false }],
    });
  });

  test('in the older form goes on behind a marker', async () => {
    for (const key of ['a', 'dir/1', 'dir/2', 'e']) await put(key);
    const first = await run('ListObjects', { Bucket, Delimiter: '/', MaxKeys: 2 });
    expect(first).toMatchObject({
      IsTruncated: true,
      NextMarker: 'dir/',
      Contents: [{ Key: 'a' }],
      CommonPrefixes: [{ Prefix: 'dir/' }],
    });
    expect(await run('ListObjects', { Bucket, Delimiter: '/', Marker: 'dir/' })).toMatchObject({
      IsTruncated: false,
      Contents: [{ Key: 'e' }],
    });
  });
});
