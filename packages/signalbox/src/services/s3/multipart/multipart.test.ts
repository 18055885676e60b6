import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { S3Event } from '../object-event.ts';
import { s3UnderTest } from '../test-s3.ts';

const Bucket = 'uploads';
const Key = 'big';
const MIB = 1024 * 1024;

let run: ReturnType<typeof s3UnderTest>['run'];
let s3: ReturnType<typeof s3UnderTest>['s3'];

beforeEach(async () => {
  ({ run, s3 } = s3UnderTest());
  await run('CreateBucket', { Bucket });
});

async function start(): Promise<{ Bucket: string; Key: string; UploadId: unknown }> {
  const { UploadId } = await run('CreateMultipartUpload', {
    Bucket,
    Key,
    ContentType: 'text/plain',
    Metadata: { made: 'in parts' },
  });
  return { Bucket, Key, UploadId };
}

async function upload(at: object, PartNumber: number, Body: Uint8Array | string) {
  const { ETag } = await run('UploadPart', { ...at, PartNumber, Body });
  return { PartNumber, ETag };
}

function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('base64');
}

describe('an upload in parts', () => {
  test('makes one object of the parts that are named, in their order', async () => {
    const heard: S3Event[] = [];
    s3.onObjectEvent((event) => void heard.push(event));
    const NotificationConfiguration = { EventBridgeConfiguration: {} };
    await run('PutBucketNotificationConfiguration', { Bucket, NotificationConfiguration });
    const at = await start();
    const last = await upload(at, 7, 'end');
    await upload(at, 2, 'given up');
    const first = await upload(at, 2, Buffer.alloc(5 * MIB, 'a'));

    const done = await run('CompleteMultipartUpload', {
      ...at,
      MultipartUpload: { Parts: [first, last] },
    });
    const { Body, ContentType, Metadata } = await run('GetObject', { Bucket, Key });

    expect(done['ETag']).toMatch(/^"[0-9a-f]{32}-2"$/);
    expect({ ContentType, Metadata }).toEqual({
      ContentType: 'text/plain',
      Metadata: { made: 'in parts' },
    });
    const body = Buffer.from(Body instanceof Uint8Array ? Body : []);
    expect([body.length, body.subarray(-4).toString()]).toEqual([5 * MIB + 3, 'aend']);
    expect(heard).toMatchObject([{ detail: { reason: 'CompleteMultipartUpload' } }]);
    await expect(run('ListParts', at)).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });

  test('answers again what it answered, and nobody else', async () => {
    const at = await start();
    const completed = { ...at, MultipartUpload: { Parts: [await upload(at, 1, 'whole')] } };
    const done = await run('CompleteMultipartUpload', completed);

    expect(await run('CompleteMultipartUpload', completed)).toEqual(done);
    const other = { ...completed, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '"x"' }] } };
    await expect(run('CompleteMultipartUpload', other)).rejects.toMatchObject({
      name: 'NoSuchUpload',
    });
  });

  test.each([
    ['COMPOSITE', (digest: Buffer) => `${sha256(digest)}-1`],
    ['FULL_OBJECT', () => sha256('whole')],
  ])('has the checksum of its parts: %s', async (ChecksumType, checksumOf) => {
    const ChecksumSHA256 = sha256('whole');
    const { UploadId } = await run('CreateMultipartUpload', { Bucket, Key, ChecksumType });
    const at = { Bucket, Key, UploadId };
    const { ETag } = await run('UploadPart', {
      ...at,
      PartNumber: 1,
      Body: 'whole',
      ChecksumSHA256,
    });
    expect(await run('ListParts', at)).toMatchObject({ Parts: [{ ChecksumSHA256 }] });
    const completed = { ...at, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } };

    const odd = run('CompleteMultipartUpload', { ...completed, ChecksumSHA256: 'odd' });
    await expect(odd).rejects.toMatchObject({ name: 'BadDigest' });
    const whole = checksumOf(Buffer.from(ChecksumSHA256, 'base64'));
    const said = { ChecksumSHA256: whole, ChecksumType };
    expect(await run('CompleteMultipartUpload', completed)).toMatchObject(said);
    expect(await run('HeadObject', { Bucket, Key, ChecksumMode: 'ENABLED' })).toMatchObject(said);
  });

  test('copies parts of objects', async () => {
    await run('PutObject', { Bucket, Key: 'source', Body: '0123456789' });
    const at = await start();
    const { CopyPartResult } = await run('UploadPartCopy', {
      ...at,
      PartNumber: 1,
      CopySource: `${Bucket}/source`,
      CopySourceRange: 'bytes=2-4',
    });
    await run('CompleteMultipartUpload', {
      ...at,
      MultipartUpload: { Parts: [{ PartNumber: 1, ...Object(CopyPartResult) }] },
    });
    const { Body } = await run('GetObject', { Bucket, Key });
    expect(Buffer.from(Body instanceof Uint8Array ? Body : []).toString()).toBe('234');
  });

  test('is listed with its parts until it is aborted', async () => {
    const at = await start();
    await upload(at, 3, 'c');
    await upload(at, 1, 'a');
    expect(await run('ListMultipartUploads', { Bucket })).toMatchObject({
      Uploads: [{ Key, UploadId: at.UploadId }],
    });
    expect(await run('ListParts', { ...at, MaxParts: 1 })).toMatchObject({
      Parts: [{ PartNumber: 1, Size: 1 }],
      IsTruncated: true,
      NextPartNumberMarker: '1',
    });
    await run('AbortMultipartUpload', at);
    expect(await run('ListMultipartUploads', { Bucket })).toMatchObject({ Uploads: [] });
  });

  test('refuses parts that are not there, too small, or out of order', async () => {
    const at = await start();
    const first = await upload(at, 1, 'small');
    const second = await upload(at, 2, 'end');
    const complete = (...Parts: object[]) =>
      run('CompleteMultipartUpload', { ...at, MultipartUpload: { Parts } });
    await expect(complete(second, first)).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await expect(complete(first, second)).rejects.toMatchObject({ name: 'EntityTooSmall' });
    const other = { PartNumber: 1, ETag: '"0"' };
    await expect(complete(other)).rejects.toMatchObject({ name: 'InvalidPart' });
    await expect(complete()).rejects.toMatchObject({ name: 'MalformedXML' });
    await expect(upload(at, 10_001, 'x')).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});
