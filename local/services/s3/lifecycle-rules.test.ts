import type { LifecycleRule } from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import { createTestClock } from '../test-clock.ts';
import { checkLifecycleRules } from './lifecycle-rules.ts';
import { createS3 } from './s3.ts';

const rule = (more: Partial<LifecycleRule>): LifecycleRule => ({
  ID: 'logs',
  Status: 'Enabled',
  Filter: { Prefix: 'logs/' },
  ...more,
});

const midnight = new Date('2026-03-01T00:00:00.000Z');

describe('checkLifecycleRules()', () => {
  test('takes what S3 takes', () => {
    const rules = [
      rule({
        Transitions: [
          { Days: 30, StorageClass: 'STANDARD_IA' },
          { Days: 90, StorageClass: 'GLACIER' },
        ],
        Expiration: { Days: 365 },
      }),
      rule({ ID: 'uploads', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }),
      rule({ ID: 'at once', Transitions: [{ Days: 0, StorageClass: 'GLACIER' }] }),
    ];

    expect(checkLifecycleRules(rules)).toBe(rules);
  });

  test.each<[readonly LifecycleRule[], string, string]>([
    [[], 'MalformedXML', 'The XML you provided was not well-formed'],
    [[rule({})], 'InvalidRequest', 'At least one action needs to be specified in a rule'],
    [
      [rule({ Transitions: [{ Days: 29, StorageClass: 'STANDARD_IA' }] })],
      'InvalidArgument',
      "'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA'",
    ],
    [
      [rule({ Expiration: { Days: 0 } })],
      'InvalidArgument',
      "'Days' for Expiration action must be a positive integer",
    ],
    [
      [rule({ Transitions: [{ Days: 30, StorageClass: 'GLACIER' }], Expiration: { Days: 30 } })],
      'InvalidArgument',
      "'Days' in the Expiration action for filter '(prefix=logs/)' must be greater than 'Days' in the Transition action",
    ],
    [
      [
        rule({
          Transitions: [{ Date: midnight, StorageClass: 'GLACIER' }],
          Expiration: { Days: 9 },
        }),
      ],
      'InvalidRequest',
      "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for filter '(prefix=logs/)'",
    ],
    [
      [rule({ Expiration: { Date: new Date('2026-03-01T01:00:00.000Z') } })],
      'InvalidArgument',
      "'Date' must be at midnight GMT",
    ],
    [
      [rule({ Expiration: { Days: 1 } }), rule({ Expiration: { Days: 2 } })],
      'InvalidArgument',
      'Rule ID must be unique. Found same ID for more than one rule',
    ],
    [
      [rule({ ID: 'a'.repeat(256), Expiration: { Days: 1 } })],
      'InvalidArgument',
      'ID length should not exceed allowed limit of 255',
    ],
  ])('refuses %j as %s', (rules, name, message) => {
    expect(() => checkLifecycleRules(rules)).toThrow(
      expect.objectContaining({ name, message: expect.stringContaining(message) }),
    );
  });
});

describe('PutBucketLifecycleConfiguration', () => {
  test('replaces the rules, which are told until they are deleted', async () => {
    const clock = createTestClock();
    const s3 = createS3({ clock, region: 'eu-west-1', accountId: '123456789012' });
    const caller = { arn: 'arn:aws:iam::123456789012:root' };
    const Bucket = 'audits';
    s3.createBucket({ name: Bucket, isVersioned: false, tellsEventBridge: false });
    const run = async (action: string, input: object = {}) =>
      s3.service.actions[action]?.({ Bucket, ...input }, caller);
    const missing = {
      name: 'NoSuchLifecycleConfiguration',
      message: 'The lifecycle configuration does not exist',
    };
    await expect(run('GetBucketLifecycleConfiguration')).rejects.toMatchObject(missing);

    const LifecycleConfiguration = { Rules: [rule({ Expiration: { Days: 1 } })] };
    await run('PutBucketLifecycleConfiguration', { LifecycleConfiguration });

    expect(await run('GetBucketLifecycleConfiguration')).toMatchObject(LifecycleConfiguration);
    await run('DeleteBucketLifecycle');
    await expect(run('GetBucketLifecycleConfiguration')).rejects.toMatchObject(missing);
  });
});
