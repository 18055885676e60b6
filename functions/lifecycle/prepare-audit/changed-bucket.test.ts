import { describe, expect, test } from '@jest/globals';
import { changeClaim, changeOf } from './changed-bucket.ts';

const trail = {
  'detail-type': 'AWS API Call via CloudTrail',
  account: '123456789012',
  detail: {
    eventName: 'PutBucketTagging',
    eventTime: '2026-11-22T03:00:00Z',
    requestParameters: { bucketName: 'logs' },
  },
};

describe('changeOf()', () => {
  test('reads the bucket and the time of a record, and nothing of other events', () => {
    expect(changeOf(trail)).toEqual({
      key: '123456789012/logs',
      changedAtMs: Date.parse('2026-11-22T03:00:00Z'),
    });
    expect(changeOf({ 'detail-type': 'Scheduled Event' })).toBeUndefined();
    expect(changeOf({ ...trail, detail: { ...trail.detail, eventTime: 'late' } })).toBeUndefined();
  });
});

describe('changeClaim()', () => {
  test('is refused by an audit that began a minute after the change or later', () => {
    const change = { key: '123456789012/logs', changedAtMs: Date.parse('2026-11-22T03:00:00Z') };

    const claim = changeClaim('Audits', change, {
      executionArn: 'arn:me',
      now: '2026-11-22T03:05:00Z',
    });

    expect(claim).toMatchObject({
      Item: { entryId: '123456789012/logs', auditedFrom: '2026-11-22T03:05:00.000Z' },
      ExpressionAttributeValues: { ':seen': '2026-11-22T03:01:00.000Z', ':me': 'arn:me' },
    });
  });
});
