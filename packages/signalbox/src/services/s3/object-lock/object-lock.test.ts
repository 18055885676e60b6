import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { s3UnderTest } from '../test-s3.ts';

// AWS's answers and sentences, as LocalStack's tests recorded them on AWS (test_s3.py and test_s3_api.py).
const Bucket = 'locked';
const Key = 'a';
const DAY_MS = 86_400_000;
const PROTECTED = {
  name: 'AccessDenied',
  message: 'Access Denied because object protected by object lock.',
};
const ContentMD5 = createHash('md5').update('x').digest('base64');

let under: ReturnType<typeof s3UnderTest>;
const run = (action: string, input: object = {}) => under.run(action, { Bucket, ...input });
const inDays = (days: number) => new Date(under.clock.now().getTime() + days * DAY_MS);
const retained = (Mode: string, days: number) => ({
  Retention: { Mode, RetainUntilDate: inDays(days) },
});

async function put(headers: object = {}): Promise<string> {
  const { VersionId } = await run('PutObject', { Key, Body: 'x', ContentMD5, ...headers });
  return String(VersionId);
}

beforeEach(async () => {
  under = s3UnderTest();
  await run('CreateBucket', { ObjectLockEnabledForBucket: true });
});

describe('a bucket with object lock', () => {
  test('has versions, which are never suspended', async () => {
    expect(await run('GetBucketVersioning')).toEqual({ Status: 'Enabled' });
    const suspend = run('PutBucketVersioning', {
      VersioningConfiguration: { Status: 'Suspended' },
    });
    await expect(suspend).rejects.toMatchObject({
      name: 'InvalidBucketState',
      message:
        'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
    });
  });

  test('keeps its default retention until it is put without a rule', async () => {
    const ObjectLockEnabled = 'Enabled';
    const Rule = { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } };
    const configured = (ObjectLockConfiguration: object) =>
      run('PutObjectLockConfiguration', { ObjectLockConfiguration });
    await configured({ ObjectLockEnabled, Rule });
    expect(await run('GetObjectLockConfiguration')).toEqual({
      ObjectLockConfiguration: { ObjectLockEnabled, Rule },
    });
    const VersionId = await put();
    expect(await run('HeadObject', { Key })).toMatchObject({
      ObjectLockMode: 'GOVERNANCE',
      ObjectLockRetainUntilDate: inDays(1),
    });
    await configured({ ObjectLockEnabled });
    expect(await run('GetObjectLockConfiguration')).toEqual({
      ObjectLockConfiguration: { ObjectLockEnabled },
    });
    await expect(run('DeleteObject', { Key, VersionId })).rejects.toMatchObject(PROTECTED);
    await put();
    expect(await run('HeadObject', { Key })).not.toHaveProperty('ObjectLockMode');
  });

  test('counts a default retention of years by the calendar', async () => {
    const Rule = { DefaultRetention: { Mode: 'COMPLIANCE', Years: 4 } };
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled', Rule };
    await run('PutObjectLockConfiguration', { ObjectLockConfiguration });
    await put();
    const until = under.clock.now();
    until.setUTCFullYear(until.getUTCFullYear() + 4);
    expect(await run('HeadObject', { Key })).toMatchObject({ ObjectLockRetainUntilDate: until });
  });

  test.each([
    [{ Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } }, 'MalformedXML'],
    [{}, 'MalformedXML'],
    [{ ObjectLockEnabled: 'Enabled', Rule: {} }, 'MalformedXML'],
    [{ ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: {} } }, 'MalformedXML'],
    [
      { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE' } } },
      'MalformedXML',
    ],
    [
      {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1, Years: 1 } },
      },
      'MalformedXML',
    ],
    [
      { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 0 } } },
      'InvalidArgument',
    ],
    [
      {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Years: 101 } },
      },
      'InvalidArgument',
    ],
  ])('refuses the configuration %j', async (ObjectLockConfiguration, name) => {
    await expect(
      run('PutObjectLockConfiguration', { ObjectLockConfiguration }),
    ).rejects.toMatchObject({ name });
  });
});

describe('a bucket without object lock', () => {
  const plain = { Bucket: 'plain', Key };

  beforeEach(async () => {
    await run('CreateBucket', { Bucket: 'plain' });
    await run('PutObject', { ...plain, Body: 'x' });
  });

  test('gets it when it has versions', async () => {
    const input = { ...plain, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } };
    await expect(run('GetObjectLockConfiguration', plain)).rejects.toMatchObject({
      name: 'ObjectLockConfigurationNotFoundError',
      fields: { BucketName: 'plain' },
    });
    await expect(run('PutObjectLockConfiguration', input)).rejects.toMatchObject({
      name: 'InvalidBucketState',
      message: "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
    });
    await run('PutBucketVersioning', { ...plain, VersioningConfiguration: { Status: 'Enabled' } });
    await run('PutObjectLockConfiguration', input);
    expect(await run('GetObjectLockConfiguration', plain)).toMatchObject({
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
    });
  });

  test('refuses to lock its objects, and to bypass what there is not', async () => {
    const missing = {
      name: 'InvalidRequest',
      message: 'Bucket is missing Object Lock Configuration',
    };
    const until = { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: inDays(1) };
    const calls = [
      run('PutObjectRetention', { ...plain, ...retained('GOVERNANCE', 1) }),
      run('GetObjectRetention', plain),
      run('PutObjectLegalHold', { ...plain, LegalHold: { Status: 'ON' } }),
      run('GetObjectLegalHold', plain),
      run('PutObject', { ...plain, Body: 'x', ContentMD5, ...until }),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject(missing);
    const header = 'x-amz-bypass-governance-retention';
    const Delete = { Objects: [{ Key }] };
    for (const BypassGovernanceRetention of [true, false]) {
      for (const [action, more] of [
        ['DeleteObject', plain],
        ['DeleteObjects', { Bucket: 'plain', Delete }],
      ] as const) {
        await expect(run(action, { ...more, BypassGovernanceRetention })).rejects.toMatchObject({
          name: 'InvalidArgument',
          message: `${header} is only applicable to Object Lock enabled buckets.`,
          fields: { ArgumentName: header },
        });
      }
    }
  });
});

describe('a retention', () => {
  test('in governance mode gives way to who bypasses it', async () => {
    const VersionId = await put();
    await run('PutObjectRetention', { Key, ...retained('GOVERNANCE', 1) });
    expect(await run('GetObjectRetention', { Key })).toEqual(retained('GOVERNANCE', 1));
    await expect(run('DeleteObject', { Key, VersionId })).rejects.toMatchObject(PROTECTED);
    expect(await run('DeleteObject', { Key })).toMatchObject({ DeleteMarker: true });
    expect(
      await run('DeleteObject', { Key, VersionId, BypassGovernanceRetention: true }),
    ).toMatchObject({ VersionId });
  });

  test('is lengthened by everybody, and shortened or taken away by who bypasses it', async () => {
    await put({ ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: inDays(2) });
    const change = (more: object) => run('PutObjectRetention', { Key, ...more });
    await change(retained('GOVERNANCE', 3));
    await change(retained('COMPLIANCE', 3));
    expect(await run('GetObjectRetention', { Key })).toEqual(retained('COMPLIANCE', 3));

    const VersionId = await put({
      ObjectLockMode: 'GOVERNANCE',
      ObjectLockRetainUntilDate: inDays(2),
    });
    await expect(change(retained('GOVERNANCE', 1))).rejects.toMatchObject(PROTECTED);
    await expect(change({ Retention: {} })).rejects.toMatchObject(PROTECTED);
    await change({ ...retained('GOVERNANCE', 1), BypassGovernanceRetention: true });
    await change({ Retention: {}, BypassGovernanceRetention: true });
    await expect(run('GetObjectRetention', { Key })).rejects.toMatchObject({
      name: 'NoSuchObjectLockConfiguration',
      message: 'The specified object does not have a ObjectLock configuration',
    });
    expect(await run('DeleteObject', { Key, VersionId })).toMatchObject({ VersionId });
  });

  test('in compliance mode gives way to nobody before its time', async () => {
    const VersionId = await put();
    await run('PutObjectRetention', { Key, ...retained('COMPLIANCE', 2) });
    const bypass = { Key, VersionId, BypassGovernanceRetention: true };
    for (const call of [
      run('DeleteObject', bypass),
      run('PutObjectRetention', { ...bypass, ...retained('COMPLIANCE', 1) }),
      run('PutObjectRetention', { ...bypass, ...retained('GOVERNANCE', 3) }),
      run('PutObjectRetention', { ...bypass, Retention: {} }),
    ]) {
      await expect(call).rejects.toMatchObject(PROTECTED);
    }
    await under.clock.advance(2 * DAY_MS);
    expect(await run('DeleteObject', { Key, VersionId })).toMatchObject({ VersionId });
  });

  test.each([
    [{ Retention: { Mode: 'GOVERNANCE' } }, 'MalformedXML'],
    [{}, 'MalformedXML'],
    [{ Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date(0) } }, 'InvalidArgument'],
    [{ ...{ Retention: {} }, Key: 'none' }, 'NoSuchKey'],
  ])('refuses %j', async (input, name) => {
    await put();
    await expect(run('PutObjectRetention', { Key, ...input })).rejects.toMatchObject({ name });
  });

  test('is none of a delete marker', async () => {
    await put();
    const { VersionId } = await run('DeleteObject', { Key });
    for (const [action, Method] of [
      ['PutObjectRetention', 'PUT'],
      ['GetObjectRetention', 'GET'],
    ]) {
      await expect(
        run(String(action), { Key, VersionId, ...retained('GOVERNANCE', 1) }),
      ).rejects.toMatchObject({
        name: 'MethodNotAllowed',
        fields: { Method, ResourceType: 'DeleteMarker' },
      });
    }
  });
});

describe('the headers of a write', () => {
  const UNTIL = 'x-amz-object-lock-retain-until-date';
  const MODE = 'x-amz-object-lock-mode';

  test.each([
    [{ ObjectLockMode: 'GOVERNANCE' }, { ArgumentName: UNTIL }],
    [{ ObjectLockRetainUntilDate: new Date('2099-01-01') }, { ArgumentName: MODE }],
    [
      { ObjectLockMode: 'BAD', ObjectLockRetainUntilDate: new Date('2099-01-01') },
      { ArgumentName: MODE, ArgumentValue: 'BAD' },
    ],
    [
      { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date(0) },
      { ArgumentName: UNTIL },
    ],
  ])('are refused as %j', async (headers, fields) => {
    const refused = { name: 'InvalidArgument', fields };
    await expect(put(headers)).rejects.toMatchObject(refused);
    await expect(run('CreateMultipartUpload', { Key, ...headers })).rejects.toMatchObject(refused);
  });

  test('lock an object only whose body came with a digest', async () => {
    const lock = { ObjectLockLegalHoldStatus: 'ON' };
    await expect(run('PutObject', { Key, Body: 'x', ...lock })).rejects.toMatchObject({
      name: 'InvalidRequest',
      message:
        'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
    });
  });

  test('lock what is copied and uploaded in parts; a copy leaves the lock of its source', async () => {
    const lock = { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: inDays(1) };
    await put(lock);
    const CopySource = `${Bucket}/${Key}`;
    await run('CopyObject', { Key: 'free', CopySource });
    expect(await run('HeadObject', { Key: 'free' })).not.toHaveProperty('ObjectLockMode');
    await run('CopyObject', { Key: 'copy', CopySource, ...lock });
    const { UploadId } = await run('CreateMultipartUpload', { Key: 'parts', ...lock });
    const part = { Key: 'parts', UploadId, PartNumber: 1 };
    const { ETag } = await run('UploadPart', { ...part, Body: 'x', ContentMD5 });
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await run('CompleteMultipartUpload', { Key: 'parts', UploadId, MultipartUpload });
    for (const name of ['copy', 'parts']) {
      expect(await run('GetObject', { Key: name })).toMatchObject(lock);
    }
  });
});

describe('a legal hold', () => {
  test('holds a version until it is taken away, bypass or not', async () => {
    const VersionId = await put();
    const hold = (Status: string) => run('PutObjectLegalHold', { Key, LegalHold: { Status } });
    await expect(run('GetObjectLegalHold', { Key })).rejects.toMatchObject({
      name: 'NoSuchObjectLockConfiguration',
    });
    await hold('ON');
    expect(await run('GetObjectLegalHold', { Key })).toEqual({ LegalHold: { Status: 'ON' } });
    await under.clock.advance(9999 * DAY_MS);
    await expect(
      run('DeleteObject', { Key, VersionId, BypassGovernanceRetention: true }),
    ).rejects.toMatchObject(PROTECTED);
    const { name: Code, message: Message } = PROTECTED;
    const Objects = [{ Key, VersionId }, { Key: 'other' }];
    expect(await run('DeleteObjects', { Delete: { Objects, Quiet: true } })).toEqual({
      Errors: [{ Key, VersionId, Code, Message }],
    });
    await hold('OFF');
    expect(await run('HeadObject', { Key })).toMatchObject({ ObjectLockLegalHoldStatus: 'OFF' });
    expect(await run('DeleteObject', { Key, VersionId })).toMatchObject({ VersionId });
  });

  test.each([[{}], [{ LegalHold: {} }]])('refuses %j', async (input) => {
    await expect(run('PutObjectLegalHold', { Key, ...input })).rejects.toMatchObject({
      name: 'MalformedXML',
    });
  });
});

test('a policy may deny to lock, and to bypass a lock', async () => {
  under.s3.simulated.seed({
    buckets: [
      {
        name: 'vault',
        versioning: 'Enabled',
        deny: ['s3:BypassGovernanceRetention', 's3:PutObjectLegalHold'],
      },
    ],
  });
  const vault = { Bucket: 'vault', Key, ContentMD5, Body: 'x' };
  const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' };
  await run('PutObjectLockConfiguration', { ...vault, ObjectLockConfiguration });
  const lock = { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: inDays(1) };
  const { VersionId } = await run('PutObject', { ...vault, ...lock });
  for (const call of [
    run('PutObject', { ...vault, ObjectLockLegalHoldStatus: 'ON' }),
    run('DeleteObject', { ...vault, VersionId, BypassGovernanceRetention: true }),
  ]) {
    await expect(call).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('with an explicit deny'),
    });
  }
});
