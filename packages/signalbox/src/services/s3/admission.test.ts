import { beforeEach, describe, expect, test } from '@jest/globals';
import { s3UnderTest } from './test-s3.ts';

let under: ReturnType<typeof s3UnderTest>;

beforeEach(() => {
  under = s3UnderTest();
  under.s3.simulated.seed({
    buckets: [
      { name: 'here' },
      { name: 'there', region: 'us-west-2' },
      { name: 'closed', deny: ['s3:GetLifecycleConfiguration', 's3:PutObject*'] },
    ],
  });
});

const denied = { name: 'AccessDenied' };

describe('createAdmission()', () => {
  test('sends callers of another Region to the right one', async () => {
    await expect(under.run('GetBucketTagging', { Bucket: 'there' })).rejects.toMatchObject({
      name: 'PermanentRedirect',
      message:
        'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
      fields: { Bucket: 'there', Endpoint: 'there.s3.us-west-2.amazonaws.com' },
      headers: { 'x-amz-bucket-region': 'us-west-2' },
    });
    await expect(
      under.run('GetBucketTagging', { Bucket: 'there' }, { region: 'us-west-2' }),
    ).rejects.toMatchObject({ name: 'NoSuchTagSet' });
  });

  test('shows everybody where a bucket is', async () => {
    expect(await under.run('GetBucketLocation', { Bucket: 'there' })).toEqual({
      LocationConstraint: 'us-west-2',
    });
    expect(
      await under.run('GetBucketLocation', { Bucket: 'here' }, { region: 'eu-west-1' }),
    ).toEqual({});
  });

  test('refuses whoever takes the bucket for another account’s', async () => {
    const owned = (ExpectedBucketOwner: string) =>
      under.run('GetBucketVersioning', { Bucket: 'here', ExpectedBucketOwner });

    expect(await owned('123456789012')).toEqual({});
    await expect(owned('210987654321')).rejects.toMatchObject({
      ...denied,
      message: 'Access Denied',
    });
  });

  test('denies what the policy of the bucket denies, and no more', async () => {
    const arn = 'arn:aws:iam::123456789012:role/audit';
    const Bucket = 'closed';

    await expect(
      under.run('GetBucketLifecycleConfiguration', { Bucket }, { arn }),
    ).rejects.toMatchObject({
      ...denied,
      message:
        'User: arn:aws:iam::123456789012:role/audit is not authorized to perform: s3:GetLifecycleConfiguration on resource: "arn:aws:s3:::closed" with an explicit deny in a resource-based policy',
    });
    await expect(under.run('PutObjectTagging', { Bucket, Key: 'a' })).rejects.toMatchObject(denied);
    expect(await under.run('GetBucketVersioning', { Bucket })).toEqual({});
  });
});

describe('faults', () => {
  const read = () => under.run('GetBucketVersioning', { Bucket: 'here' });
  const fault = (name: string) => {
    const found = under.s3.simulated.faults[name];
    if (found === undefined) throw new RangeError(name);
    return found;
  };

  test.each([
    ['bucket-access', denied],
    ['bucket-vanishes', { name: 'NoSuchBucket' }],
    ['s3-throttled', { name: 'SlowDown', message: 'Please reduce your request rate.' }],
  ])('%s breaks one bucket until it is mended', async (name, error) => {
    expect(fault(name).start('here')).toContain('here');
    await expect(read()).rejects.toMatchObject(error);
    expect((await under.run('ListBuckets'))['Buckets']).toHaveLength(3);

    expect(fault(name).end('here')).toContain('here');

    expect(await read()).toEqual({});
    expect(() => fault(name).start('nowhere')).toThrow('There is no bucket "nowhere"');
  });

  test('s3-throttled refuses every second call where no bucket is named', async () => {
    fault('s3-throttled').start(undefined);

    const responses = await Promise.allSettled([read(), read(), read(), read()]);

    const statuses = responses.map(({ status }) => status);
    expect(statuses).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
    fault('s3-throttled').end(undefined);
    expect(await read()).toEqual({});
  });

  test('are ended by a new seeding', async () => {
    fault('bucket-vanishes').start('here');

    under.s3.simulated.seed({ buckets: [{ name: 'here' }] });

    expect(await read()).toEqual({});
  });

  test('a bucket that has vanished is not found by HEAD', async () => {
    fault('bucket-vanishes').start('here');

    await expect(under.run('HeadBucket', { Bucket: 'here' })).rejects.toMatchObject({
      name: 'NotFound',
    });
  });
});
