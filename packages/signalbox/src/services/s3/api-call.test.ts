import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiCall } from './api-call.ts';
import { s3UnderTest } from './test-s3.ts';

const xmlns = 'http://s3.amazonaws.com/doc/2006-03-01/';

let under: ReturnType<typeof s3UnderTest>;
let calls: ApiCall[];

beforeEach(() => {
  under = s3UnderTest();
  under.s3.simulated.seed({ buckets: [{ name: 'far', region: 'us-west-2' }] });
  calls = [];
  under.s3.onApiCall((call) => void calls.push(call));
});

async function parametersOf(action: string, input: object): Promise<unknown> {
  await under.run(action, { Bucket: 'far', ...input }, { region: 'us-west-2' });
  return calls.at(-1)?.requestParameters;
}

describe('onApiCall()', () => {
  test('reports what changes a bucket, in its Region and by CloudTrail’s names', async () => {
    const arn = 'arn:aws:iam::123456789012:role/audit';
    const where = { arn, region: 'us-west-2' };
    const LifecycleConfiguration = {
      Rules: [{ ID: 'a', Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }],
    };
    await under.run('GetBucketVersioning', { Bucket: 'far' }, where);
    await under.run(
      'PutBucketLifecycleConfiguration',
      { Bucket: 'far', LifecycleConfiguration },
      where,
    );
    await under.run('DeleteBucketLifecycle', { Bucket: 'far' }, where);
    await under.run('DeleteBucket', { Bucket: 'far' }, where);
    await under.run('CreateBucket', { Bucket: 'near' });

    expect(calls.map(({ eventName, region }) => [eventName, region])).toEqual([
      ['PutBucketLifecycle', 'us-west-2'],
      ['DeleteBucketLifecycle', 'us-west-2'],
      ['DeleteBucket', 'us-west-2'],
      ['CreateBucket', 'us-east-1'],
    ]);
    expect(calls[0]).toMatchObject({
      eventSource: 's3.amazonaws.com',
      caller: { arn },
      error: undefined,
      resources: [{ type: 'AWS::S3::Bucket', arn: 'arn:aws:s3:::far' }],
      requestParameters: {
        bucketName: 'far',
        Host: 's3.us-west-2.amazonaws.com',
        lifecycle: '',
        LifecycleConfiguration: {
          xmlns,
          Rule: { ID: 'a', Status: 'Enabled', Filter: '', Expiration: { Days: 1 } },
        },
      },
    });
  });

  test('reports why one was refused', async () => {
    const input = { Bucket: 'far', LifecycleConfiguration: { Rules: [] } };
    await expect(
      under.run('PutBucketLifecycleConfiguration', input, { region: 'us-west-2' }),
    ).rejects.toThrow();
    await expect(under.run('DeleteBucket', { Bucket: 'none' })).rejects.toThrow();
    await expect(under.run('PutBucketTagging', { Bucket: 'far' })).rejects.toThrow();

    expect(calls.map(({ eventName, region, error }) => [eventName, region, error?.name])).toEqual([
      ['PutBucketLifecycle', 'us-west-2', 'MalformedXML'],
      ['DeleteBucket', 'us-east-1', 'NoSuchBucket'],
      ['PutBucketTagging', 'us-west-2', 'PermanentRedirect'],
    ]);
  });

  test('writes a body as the elements of its XML', async () => {
    const Tag = [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ];
    const versions = { NoncurrentDays: 30, StorageClass: 'GLACIER' };
    const rules = {
      Rules: [
        {
          ID: 'a',
          Status: 'Enabled',
          Filter: { And: { Prefix: 'p/', Tags: Tag } },
          Transitions: [
            { Date: new Date('2026-03-01T00:00:00.000Z'), StorageClass: 'GLACIER' },
            { Date: new Date('2027-03-01T00:00:00.000Z'), StorageClass: 'DEEP_ARCHIVE' },
          ],
        },
        {
          ID: 'b',
          Status: 'Enabled',
          Filter: { Prefix: 'q/' },
          NoncurrentVersionTransitions: [versions],
        },
      ],
    };

    expect(
      await parametersOf('PutBucketLifecycleConfiguration', { LifecycleConfiguration: rules }),
    ).toMatchObject({
      LifecycleConfiguration: {
        Rule: [
          {
            Filter: { And: { Prefix: 'p/', Tag } },
            Transition: [
              { Date: '2026-03-01T00:00:00.000Z', StorageClass: 'GLACIER' },
              { Date: '2027-03-01T00:00:00.000Z', StorageClass: 'DEEP_ARCHIVE' },
            ],
          },
          { Filter: { Prefix: 'q/' }, NoncurrentVersionTransition: versions },
        ],
      },
    });
    expect(await parametersOf('PutBucketTagging', { Tagging: { TagSet: Tag } })).toMatchObject({
      tagging: '',
      Tagging: { xmlns, TagSet: { Tag } },
    });
    expect(
      await parametersOf('PutBucketVersioning', {
        VersioningConfiguration: { Status: 'Enabled' },
      }),
    ).toMatchObject({ versioning: '', VersioningConfiguration: { xmlns, Status: 'Enabled' } });
    expect(await parametersOf('DeleteBucketTagging', {})).toMatchObject({ tagging: '' });
  });
});
