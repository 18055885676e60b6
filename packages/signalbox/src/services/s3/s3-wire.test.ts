import { Agent } from 'node:http';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
  PutObjectCommand,
  paginateListBuckets,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clientOptions, startTestEndpoint } from '../../endpoint/endpoint-under-test.ts';
import { s3UnderTest } from './test-s3.ts';

const { s3 } = s3UnderTest();
let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;

const clients: S3Client[] = [];

function client(more: S3ClientConfig = {}): S3Client {
  const made = new S3Client({
    ...clientOptions(endpoint.url),
    region: 'us-east-1',
    forcePathStyle: true,
    ...more,
  });
  clients.push(made);
  return made;
}

const DENY = { Effect: 'Deny', Principal: '*', Action: 's3:DeleteObject', Resource: '*' };
const ALLOW = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:GetObject', Resource: '*' };

beforeAll(async () => {
  s3.simulated.seed({
    buckets: [
      { name: 'here', tags: { team: 'orders' } },
      {
        name: 'there',
        region: 'us-west-2',
        tags: { team: 'audits' },
        versioning: 'Enabled',
        policy: { Statement: DENY },
      },
      {
        name: 'closed',
        deny: ['s3:GetLifecycleConfiguration'],
        policy: { Statement: [DENY, ALLOW] },
      },
    ],
  });
  endpoint = await startTestEndpoint([s3.service]);
});

afterAll(async () => {
  for (const made of clients) made.destroy();
  await endpoint.close();
  expect(endpoint.bugs).toEqual([]);
});

describe('Amazon S3 over the wire', () => {
  test('says of a policy whether it lets everybody in, and where there is none', async () => {
    const isPublic = async (Bucket: string, region = 'us-east-1') =>
      (await client({ region }).send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus
        ?.IsPublic;

    expect(await isPublic('closed')).toBe(true);
    expect(await isPublic('there', 'us-west-2')).toBe(false);
    await expect(isPublic('here')).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('sends a client to the Region of the bucket', async () => {
    const asked = client().send(new GetBucketTaggingCommand({ Bucket: 'there' }));

    await expect(asked).rejects.toMatchObject({
      name: 'PermanentRedirect',
      Code: 'PermanentRedirect',
      Bucket: 'there',
      Endpoint: 'there.s3.us-west-2.amazonaws.com',
      $metadata: { httpStatusCode: 301 },
      $response: { headers: { 'x-amz-bucket-region': 'us-west-2' } },
    });
  });

  test('takes the bucket from the host name, as SDKs send it unless told otherwise', async () => {
    const toLoopback = new Agent({
      lookup: (_name, options, done) =>
        options.all === true
          ? done(null, [{ address: '127.0.0.1', family: 4 }])
          : done(null, '127.0.0.1', 4),
    });
    const virtual = client({
      endpoint: `http://localhost:${endpoint.port}`,
      forcePathStyle: false,
      requestHandler: { httpAgent: toLoopback },
    });

    await virtual.send(new CreateBucketCommand({ Bucket: 'virtual' }));
    await virtual.send(new PutObjectCommand({ Bucket: 'virtual', Key: 'a/../b', Body: 'here' }));
    const { Body } = await client().send(
      new GetObjectCommand({ Bucket: 'virtual', Key: 'a/../b' }),
    );
    expect(await Body?.transformToString()).toBe('here');
    await virtual.send(new DeleteObjectCommand({ Bucket: 'virtual', Key: 'a/../b' }));
    await virtual.send(new DeleteBucketCommand({ Bucket: 'virtual' }));
  });

  test('is followed by a client that follows redirects', async () => {
    const follower = client({ followRegionRedirects: true });

    const tagging = await follower.send(new GetBucketTaggingCommand({ Bucket: 'there' }));
    const head = await follower.send(new HeadBucketCommand({ Bucket: 'there' }));

    expect(tagging.TagSet).toEqual([{ Key: 'team', Value: 'audits' }]);
    expect(head.BucketRegion).toBe('us-west-2');
    expect(await follower.config.region()).toBe('us-east-1');
  });

  test('responds to HEAD with a status and the Region alone', async () => {
    const asked = client().send(new HeadBucketCommand({ Bucket: 'there' }));

    await expect(asked).rejects.toMatchObject({
      $metadata: { httpStatusCode: 301 },
      $response: { headers: { 'x-amz-bucket-region': 'us-west-2' } },
    });
    await expect(client().send(new HeadBucketCommand({ Bucket: 'none' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  test('lists a Region page by page', async () => {
    const west = client({ region: 'us-west-2' });
    const listed: unknown[] = [];

    const pages = paginateListBuckets({ client: client(), pageSize: 2 }, {});
    for await (const { Buckets = [] } of pages) listed.push(Buckets.map(({ Name }) => Name));
    for await (const { Buckets } of paginateListBuckets(
      { client: west },
      { BucketRegion: 'us-west-2' },
    )) {
      listed.push(Buckets);
    }

    expect(listed).toEqual([
      ['closed', 'here'],
      ['there'],
      [{ Name: 'there', BucketRegion: 'us-west-2', CreationDate: expect.any(Date) }],
    ]);
  });

  const kinds: readonly LifecycleRule[] = [
    { ID: 'all', Status: 'Enabled', Filter: {}, Expiration: { Days: 400 } },
    {
      ID: 'and',
      Status: 'Disabled',
      Filter: {
        And: {
          Prefix: 'a&b/',
          Tags: [
            { Key: 'k', Value: '' },
            { Key: 'l', Value: '<1>' },
          ],
          ObjectSizeGreaterThan: 500,
        },
      },
      Transitions: [
        { Date: new Date('2026-03-01T00:00:00.000Z'), StorageClass: 'STANDARD_IA' },
        { Date: new Date('2026-06-01T00:00:00.000Z'), StorageClass: 'GLACIER' },
      ],
    },
    {
      ID: 'versions',
      Status: 'Enabled',
      Filter: { Prefix: '' },
      Expiration: { ExpiredObjectDeleteMarker: true },
      NoncurrentVersionTransitions: [{ NoncurrentDays: 30, StorageClass: 'STANDARD_IA' }],
      NoncurrentVersionExpiration: { NoncurrentDays: 90, NewerNoncurrentVersions: 3 },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
    },
  ];

  test.each([
    ['the new form', kinds],
    ['the old form', [{ ID: 'old', Status: 'Enabled', Prefix: '', Expiration: { Days: 3 } }]],
  ] as const)('carries a lifecycle of %s both ways', async (_form, rules) => {
    const sdk = client();
    const Rules = [...rules];

    const put = await sdk.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket: 'here',
        LifecycleConfiguration: { Rules },
        TransitionDefaultMinimumObjectSize: 'varies_by_storage_class',
      }),
    );
    const got = await sdk.send(new GetBucketLifecycleConfigurationCommand({ Bucket: 'here' }));

    expect(put.TransitionDefaultMinimumObjectSize).toBe('varies_by_storage_class');
    expect(got).toMatchObject({ TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' });
    expect(got.Rules).toEqual(Rules);
  });

  test('names what it refuses', async () => {
    const sdk = client();
    const read = (Bucket: string) =>
      sdk.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    const west = client({ region: 'us-west-2' });

    await expect(
      west.send(new GetBucketLifecycleConfigurationCommand({ Bucket: 'there' })),
    ).rejects.toMatchObject({
      name: 'NoSuchLifecycleConfiguration',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(read('closed')).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(read('none')).rejects.toMatchObject({
      name: 'NoSuchBucket',
      BucketName: 'none',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(
      sdk.send(new GetBucketVersioningCommand({ Bucket: 'here', ExpectedBucketOwner: '1' })),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
    s3.simulated.faults['s3-throttled']?.start('here');
    await expect(read('here')).rejects.toMatchObject({
      name: 'SlowDown',
      $metadata: { httpStatusCode: 503 },
    });
    s3.simulated.faults['s3-throttled']?.end('here');
  });

  test('makes a bucket in the Region of the client', async () => {
    const west = client({ region: 'us-west-2' });

    await west.send(new CreateBucketCommand({ Bucket: 'made-there' }));

    const head = await west.send(new HeadBucketCommand({ Bucket: 'made-there' }));
    expect(head.BucketRegion).toBe('us-west-2');
  });
});
