import { describe, expect, test } from '@jest/globals';
import { s3UnderTest } from './test-s3.ts';

const name = 'reports';
const plain = { name, isVersioned: false, notifiesEventBridge: false };
const rule = { Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 9 } };

describe('createBucket()', () => {
  test('makes a bucket as the template describes it', async () => {
    const { s3, run } = s3UnderTest();

    s3.createBucket({
      ...plain,
      isVersioned: true,
      tags: { team: 'audits' },
      lifecycle: { Rules: [rule], TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' },
    });

    expect(await run('GetBucketTagging', { Bucket: name })).toEqual({
      TagSet: [{ Key: 'team', Value: 'audits' }],
    });
    expect(await run('GetBucketVersioning', { Bucket: name })).toEqual({ Status: 'Enabled' });
    expect(await run('GetBucketLifecycleConfiguration', { Bucket: name })).toEqual({
      Rules: [{ ...rule, ID: expect.any(String) }],
      TransitionDefaultMinimumObjectSize: 'varies_by_storage_class',
    });
  });

  test('leaves what somebody else changed until the template changes', async () => {
    const { s3, run } = s3UnderTest();
    const LifecycleConfiguration = { Rules: [{ ...rule, ID: 'theirs' }] };
    const read = () => run('GetBucketLifecycleConfiguration', { Bucket: name });
    s3.createBucket(plain);
    await run('PutBucketLifecycleConfiguration', { Bucket: name, LifecycleConfiguration });

    s3.createBucket(plain);
    expect(await read()).toMatchObject(LifecycleConfiguration);
    s3.createBucket({ ...plain, lifecycle: { Rules: [{ ...rule, ID: 'ours' }] } });
    expect(await read()).toMatchObject({ Rules: [{ ID: 'ours' }] });
    s3.createBucket({ ...plain, isVersioningSuspended: true });

    await expect(read()).rejects.toMatchObject({ name: 'NoSuchLifecycleConfiguration' });
    expect(await run('GetBucketVersioning', { Bucket: name })).toEqual({ Status: 'Suspended' });
  });

  test('locks its objects where the template says so, and for ever', async () => {
    const { s3, run } = s3UnderTest();
    const objectLock = {
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 7 } },
    };
    const read = () => run('GetObjectLockConfiguration', { Bucket: name });
    s3.createBucket({ ...plain, objectLock });
    expect(await read()).toEqual({ ObjectLockConfiguration: objectLock });
    expect(await run('GetBucketVersioning', { Bucket: name })).toEqual({ Status: 'Enabled' });
    s3.createBucket(plain);
    expect(await read()).toEqual({ ObjectLockConfiguration: objectLock });
    expect(() => s3.createBucket({ ...plain, isVersioningSuspended: true })).toThrow(
      'reports: S3 refuses it: InvalidBucketState',
    );
  });

  test.each([
    [
      { ...plain, objectLock: { ObjectLockEnabled: 'Enabled', Rule: {} } },
      'reports.ObjectLockConfiguration.Rule.DefaultRetention: ',
    ],
    [{ ...plain, name: 'Upper' }, 'Upper: S3 refuses it: InvalidBucketName'],
    [{ ...plain, tags: { '': 'x' } }, 'reports: S3 refuses it: InvalidTag'],
    [
      { ...plain, lifecycle: { Rules: [{ ...rule, Expiration: { Days: 0 } }] } },
      "reports: S3 refuses it: InvalidArgument: 'Days' for Expiration action must be a positive integer",
    ],
    [
      { ...plain, lifecycle: { Rules: [{ ...rule, Expiration: { Date: 'soon' } }] } },
      'reports.LifecycleConfiguration.Rules[0].Expiration.Date: Write a date in ISO 8601',
    ],
  ])('refuses %j', (bucket, message) => {
    expect(() => s3UnderTest().s3.createBucket(bucket)).toThrow(message);
  });
});
