import { beforeEach, describe, expect, test } from '@jest/globals';
import { s3UnderTest } from '../test-s3.ts';

let under: ReturnType<typeof s3UnderTest>;

beforeEach(() => {
  under = s3UnderTest();
});

const rule = { ID: 'a', Status: 'Enabled', Filter: {}, Expiration: { Days: 9 } };

const seed = (section: Parameters<typeof under.s3.simulated.seed>[0]) =>
  under.s3.simulated.seed(section);

describe('seed()', () => {
  test('takes a bucket as it is described', async () => {
    const Bucket = 'logs';
    seed({
      buckets: [
        {
          name: Bucket,
          region: 'us-east-1',
          createdAt: '2025-02-03T04:05:06.000Z',
          tags: { team: 'audits', 'lifecycle-exempt': 'kept by law' },
          versioning: 'Suspended',
          lifecycle: { Rules: [{ ...rule, Expiration: { Date: '2026-03-01T00:00:00.000Z' } }] },
        },
      ],
    });

    expect((await under.run('ListBuckets'))['Buckets']).toEqual([
      { Name: Bucket, CreationDate: new Date('2025-02-03T04:05:06.000Z') },
    ]);
    expect(await under.run('GetBucketTagging', { Bucket })).toEqual({
      TagSet: [
        { Key: 'team', Value: 'audits' },
        { Key: 'lifecycle-exempt', Value: 'kept by law' },
      ],
    });
    expect(await under.run('GetBucketVersioning', { Bucket })).toEqual({ Status: 'Suspended' });
    expect(await under.run('GetBucketLifecycleConfiguration', { Bucket })).toEqual({
      Rules: [{ ...rule, Expiration: { Date: new Date('2026-03-01T00:00:00.000Z') } }],
      TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
    });
  });

  test('repeats a rule as often as it is asked to', async () => {
    const repeated = { ...rule, ID: 'tenant-{n}', Filter: { Prefix: 'tenants/{n}/' } };
    seed({
      buckets: [
        { name: 'tenants', lifecycle: { Rules: [rule], Repeat: { count: 3, rule: repeated } } },
      ],
    });

    const { Rules } = await under.run('GetBucketLifecycleConfiguration', { Bucket: 'tenants' });

    expect(Rules).toMatchObject([
      { ID: 'a' },
      { ID: 'tenant-1', Filter: { Prefix: 'tenants/1/' } },
      { ID: 'tenant-2' },
      { ID: 'tenant-3' },
    ]);
  });

  test('replaces what was there, but for the buckets of the stack', async () => {
    under.s3.createBucket({ name: 'reports', isVersioned: true, notifiesEventBridge: false });
    await under.run('PutObject', { Bucket: 'reports', Key: 'a', Body: 'x' });
    await under.run('CreateBucket', { Bucket: 'by-hand' });
    seed({ buckets: [{ name: 'first' }] });
    seed({ buckets: [{ name: 'second' }] });

    expect((await under.run('ListBuckets'))['Buckets']).toMatchObject([
      { Name: 'reports' },
      { Name: 'second' },
    ]);
    expect(await under.run('HeadObject', { Bucket: 'reports', Key: 'a' })).toMatchObject({
      ContentLength: 1,
    });
  });

  test('reports all that is wrong at once, and changes nothing', async () => {
    seed({ buckets: [{ name: 'before' }] });
    under.s3.createBucket({ name: 'reports', isVersioned: false, notifiesEventBridge: false });
    const wrong = {
      buckets: [
        { name: 'Upper', colour: 'red' },
        { name: 'early', lifecycle: { Rules: [{ ...rule, Expiration: { Days: 0 } }] } },
        { name: 'odd', lifecycle: { Rules: [{ ...rule, Status: 'On' }] }, versioning: 'Off' },
        { name: 'locked', mfaDelete: true, lifecycle: { Rules: [rule] } },
        { name: 'large', storageBytes: { StandardStorage: -1 }, deny: 's3:*', objectCounts: 1 },
        { name: 'tagged', tags: { 'aws:x': '1' } },
        {
          name: 'many',
          lifecycle: { Repeat: { count: 2, rule: { ...rule, Expiration: { Days: '9' } } } },
        },
      ],
    };

    expect(() => seed(wrong)).toThrow(
      [
        's3.buckets[0].name: Write a name that S3 takes',
        's3.buckets[0].colour: Unknown field: the fields are createdAt, deny, lifecycle, mfaDelete, name, notifiesEventBridge, objectCount, policy, propagationSeconds, region, storageBytes, tags, versioning',
        "s3.buckets[1].lifecycle: S3 refuses it: InvalidArgument: 'Days' for Expiration action must be a positive integer",
        's3.buckets[2].versioning: Write one of Enabled, Suspended',
        's3.buckets[2].lifecycle.Rules[0].Status: Write one of Enabled, Disabled',
        's3.buckets[3].lifecycle: Remove it: S3 takes none where mfaDelete is true',
        's3.buckets[4].deny: Write a list',
        's3.buckets[4].storageBytes.StandardStorage: Write a whole number of 0 or more',
        's3.buckets[4].objectCounts: Unknown field: did you mean objectCount?',
        's3.buckets[5].tags: S3 refuses it: InvalidTag: System tags cannot be added/updated by requester',
        's3.buckets[6].lifecycle.Repeat.rule.Expiration.Days: Write a whole number of 0 or more',
      ].join('\n'),
    );
    expect(() => seed([])).toThrow('s3: Write an object');
    expect(() =>
      seed({ buckets: [{ name: 'twice' }, { name: 'reports' }, { name: 'twice' }] }),
    ).toThrow(
      's3.buckets[1].name: There is a bucket "reports" already\n' +
        's3.buckets[2].name: There is a bucket "twice" already',
    );
    expect((await under.run('ListBuckets'))['Buckets']).toMatchObject([
      { Name: 'before' },
      { Name: 'reports' },
    ]);
  });
});

describe('generate', () => {
  test('makes many buckets that are like a few', async () => {
    seed({
      buckets: [{ name: 'ruled', lifecycle: { Rules: [rule] } }],
      generate: { count: 25_000, like: ['ruled', { name: 'bare', region: 'us-west-2' }] },
    });

    const { Buckets, ContinuationToken } = await under.run('ListBuckets', { Prefix: 'bare' });
    expect(Buckets).toHaveLength(10_000);
    const rest = await under.run('ListBuckets', { Prefix: 'bare', ContinuationToken });
    expect(rest['Buckets']).toHaveLength(2_500);
    expect(rest['ContinuationToken']).toBeUndefined();

    const Bucket = 'ruled-000003';
    expect(await under.run('GetBucketLifecycleConfiguration', { Bucket })).toMatchObject({
      Rules: [rule],
    });
    await under.run('DeleteBucketLifecycle', { Bucket });
    await expect(under.run('GetBucketLifecycleConfiguration', { Bucket })).rejects.toMatchObject({
      name: 'NoSuchLifecycleConfiguration',
    });
    expect(
      await under.run('GetBucketLifecycleConfiguration', { Bucket: 'ruled-000005' }),
    ).toMatchObject({ Rules: [rule] });
  });

  test.each([
    [{ count: 1, like: ['none'] }, 's3.generate.like[0]: There is no bucket "none"'],
    [{ count: 1, like: [] }, 's3.generate.like: Write what the buckets are like'],
    [{ count: 1, like: [{ name: 'a'.repeat(60) }] }, 's3.generate.like[0]: The name is too long'],
    [{ count: 1, like: [{ name: 'a', size: 1 }] }, 's3.generate.like[0].size: Unknown field'],
  ])('refuses %j', (generate, message) => {
    expect(() => seed({ generate })).toThrow(message);
  });
});

describe('show()', () => {
  test('counts the rules of every bucket by Region, and names no more than a hundred', () => {
    seed({
      buckets: [{ name: 'ruled', lifecycle: { Rules: [rule] } }],
      generate: { count: 103, like: [{ name: 'bare', region: 'us-west-2' }] },
    });

    const shown = under.s3.simulated.show();

    expect(shown['us-east-1']).toEqual({ buckets: 1, rules: { ruled: 1 } });
    expect(shown['us-west-2']).toMatchObject({
      buckets: 103,
      rules: { 'bare-000001': 0 },
      notShown: 3,
    });
  });
});
