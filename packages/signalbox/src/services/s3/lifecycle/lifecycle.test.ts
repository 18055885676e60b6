import { beforeEach, describe, expect, test } from '@jest/globals';
import { s3UnderTest } from '../test-s3.ts';

const missing = {
  name: 'NoSuchLifecycleConfiguration',
  message: 'The lifecycle configuration does not exist',
};

let under: ReturnType<typeof s3UnderTest>;

beforeEach(() => {
  under = s3UnderTest();
  under.s3.simulated.seed({
    buckets: [
      { name: 'audits' },
      { name: 'slow', propagationSeconds: 3 },
      { name: 'locked', versioning: 'Enabled', mfaDelete: true },
      {
        name: 'small',
        lifecycle: {
          Rules: [{ ID: 'a', Status: 'Enabled', Prefix: '', Expiration: { Days: 9 } }],
          TransitionDefaultMinimumObjectSize: 'varies_by_storage_class',
        },
      },
    ],
  });
});

function rulesOf(...ids: readonly string[]) {
  const Rules = ids.map((ID) => ({ ID, Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }));
  return { LifecycleConfiguration: { Rules } };
}

const put = (Bucket: string, input: object) =>
  under.run('PutBucketLifecycleConfiguration', { Bucket, ...input });
const get = (Bucket: string) => under.run('GetBucketLifecycleConfiguration', { Bucket });

describe('PutBucketLifecycleConfiguration', () => {
  test('replaces the rules, which are returned until they are deleted', async () => {
    await expect(get('audits')).rejects.toMatchObject(missing);

    await put('audits', rulesOf('one', 'two'));
    await put('audits', rulesOf('three'));

    expect(await get('audits')).toEqual({
      Rules: [{ ID: 'three', Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }],
      TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
    });
    await under.run('DeleteBucketLifecycle', { Bucket: 'audits' });
    await expect(get('audits')).rejects.toMatchObject(missing);
  });

  test('names a rule without an ID by the Base64 of a UUID', async () => {
    const Rules = [{ Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }];

    await put('audits', { LifecycleConfiguration: { Rules } });

    const { Rules: named } = await get('audits');
    expect(named).toMatchObject([{ ID: expect.stringMatching(/^[A-Za-z0-9+/]{48}$/) }]);
  });

  test('takes dates of a workflow, which are texts', async () => {
    const withDate = (date: unknown) => ({
      LifecycleConfiguration: {
        Rules: [{ ID: 'a', Status: 'Enabled', Filter: {}, Expiration: { Date: date } }],
      },
    });

    await put('audits', withDate('2026-03-01T00:00:00Z'));

    expect(await get('audits')).toMatchObject({
      Rules: [{ Expiration: { Date: new Date('2026-03-01T00:00:00.000Z') } }],
    });
    const malformed = { name: 'MalformedXML' };
    await expect(put('audits', withDate('soon'))).rejects.toMatchObject(malformed);
    await expect(
      put('audits', { LifecycleConfiguration: { Rules: { Status: 'Enabled' } } }),
    ).rejects.toMatchObject(malformed);
  });

  test('keeps the setting for small objects that is given, and sets the default where none is', async () => {
    const TransitionDefaultMinimumObjectSize = 'varies_by_storage_class';
    expect(await get('small')).toMatchObject({ TransitionDefaultMinimumObjectSize });

    const kept = await put('small', { ...rulesOf('a'), TransitionDefaultMinimumObjectSize });
    expect(kept).toEqual({ TransitionDefaultMinimumObjectSize });
    await put('small', rulesOf('a'));

    expect(await get('small')).toMatchObject({
      TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
    });
    await expect(
      put('small', { ...rulesOf('a'), TransitionDefaultMinimumObjectSize: 'none' }),
    ).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: 'Invalid TransitionDefaultMinimumObjectSize found: none',
    });
  });

  test('is read only after a while where the bucket is slow', async () => {
    const seen = async () => (await get('slow'))['Rules'];
    await put('slow', rulesOf('first'));
    await expect(get('slow')).rejects.toMatchObject(missing);

    await under.clock.advance(2_000);
    await put('slow', rulesOf('second'));
    await expect(get('slow')).rejects.toMatchObject(missing);
    await under.clock.advance(1_000);
    expect(await seen()).toMatchObject([{ ID: 'first' }]);
    await under.clock.advance(2_000);

    expect(await seen()).toMatchObject([{ ID: 'second' }]);
    await under.run('DeleteBucketLifecycle', { Bucket: 'slow' });
    expect(await seen()).toMatchObject([{ ID: 'second' }]);
    await under.clock.advance(3_000);
    await expect(get('slow')).rejects.toMatchObject(missing);
  });

  test('is refused on a bucket with MFA delete, whose versioning nobody changes either', async () => {
    await expect(put('locked', rulesOf('a'))).rejects.toMatchObject({ name: 'InvalidBucketState' });
    expect(await under.run('GetBucketVersioning', { Bucket: 'locked' })).toEqual({
      Status: 'Enabled',
      MFADelete: 'Enabled',
    });
    await expect(
      under.run('PutBucketVersioning', {
        Bucket: 'locked',
        VersioningConfiguration: { Status: 'Suspended' },
      }),
    ).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Mfa Authentication must be used for this request',
    });
  });
});

describe('PutBucketVersioning', () => {
  test('takes no MFA delete beside a lifecycle', async () => {
    const VersioningConfiguration = { Status: 'Enabled', MFADelete: 'Enabled' };

    await expect(
      under.run('PutBucketVersioning', { Bucket: 'small', VersioningConfiguration }),
    ).rejects.toMatchObject({ name: 'InvalidBucketState' });
  });
});
