import { describe, expect, test } from '@jest/globals';
import { isOurs, trailWriteOf } from './merge-lost-rules.ts';

const event = {
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.s3',
  account: '123456789012',
  region: 'us-east-1',
  detail: {
    eventSource: 's3.amazonaws.com',
    eventName: 'PutBucketLifecycle',
    eventTime: '2026-11-22T03:05:12Z',
    awsRegion: 'us-east-1',
    userIdentity: {
      arn: 'arn:aws:sts::123456789012:assumed-role/Deployer/ada',
    },
    requestParameters: {
      bucketName: 'example-web-logs',
      lifecycle: '',
      LifecycleConfiguration: {
        xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/',
        Rule: {
          ID: 'tmp',
          Status: 'Enabled',
          Filter: {
            Prefix: 'tmp/',
          },
          Expiration: {
            Days: 7,
          },
        },
      },
    },
  },
};
const changed = (detail: object) => ({ ...event, detail: { ...event.detail, ...detail } });

describe('trailWriteOf()', () => {
  test('reads who put what, and when', () => {
    expect(trailWriteOf(event)).toEqual({
      accountId: '123456789012',
      bucket: 'example-web-logs',
      region: 'us-east-1',
      callers: ['arn:aws:sts::123456789012:assumed-role/Deployer/ada'],
      theirs: {
        atMs: Date.parse('2026-11-22T03:05:12Z'),
        rules: [
          { ID: 'tmp', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 7 } },
        ],
      },
    });
  });

  test('takes a deletion for a lifecycle without rules', () => {
    const deleted = changed({
      eventName: 'DeleteBucketLifecycle',
      requestParameters: { bucketName: 'logs', lifecycle: '' },
    });

    expect(trailWriteOf(deleted).theirs?.rules).toEqual([]);
  });

  test('does not guess what a record does not say', () => {
    const cut = changed({ requestParameters: { bucketName: 'logs' } });

    expect(trailWriteOf(cut).theirs).toBeUndefined();
    expect(trailWriteOf(changed({ eventTime: 'soon' })).theirs).toBeUndefined();
  });

  test('refuses what is no record of a bucket', () => {
    expect(() => trailWriteOf({})).toThrow(
      expect.objectContaining({ name: 'InvalidAuditRequestError' }),
    );
  });
});

describe('isOurs()', () => {
  test.each([
    ['arn:aws:sts::123456789012:assumed-role/Repair/fn', true],
    ['arn:aws:iam::123456789012:role/Repair', true],
    ['arn:aws:sts::123456789012:assumed-role/RepairShop/fn', false],
    ['arn:aws:iam::123456789012:user/Repair', false],
  ])('knows its own role: %s is %p', (arn, ours) => {
    expect(isOurs({ callers: [arn] }, ['Repair'])).toBe(ours);
  });
});
