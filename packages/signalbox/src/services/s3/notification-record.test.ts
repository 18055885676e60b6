import { describe, expect, test } from '@jest/globals';
import { notificationRecord } from './notification-record.ts';
import type { S3Event } from './object-event.ts';

const CREATED: S3Event = {
  source: 'aws.s3',
  detailType: 'Object Created',
  resources: ['arn:aws:s3:::photos'],
  time: new Date('2026-01-05T10:00:00Z'),
  region: 'eu-west-1',
  detail: {
    bucket: { name: 'photos' },
    object: { key: 'in/my cat+1.jpg', size: 3, etag: 'abc', sequencer: '0A' },
    requester: '123456789012',
    'request-id': 'r1',
    'source-ip-address': '127.0.0.1',
    reason: 'PutObject',
  },
};

describe('notificationRecord()', () => {
  test('says what EventBridge is told in the words of notifications', () => {
    expect(notificationRecord(CREATED)).toMatchObject({
      bucket: 'photos',
      key: 'in/my cat+1.jpg',
      eventName: 'ObjectCreated:Put',
      record: {
        eventVersion: '2.1',
        awsRegion: 'eu-west-1',
        eventTime: '2026-01-05T10:00:00.000Z',
        s3: {
          bucket: { name: 'photos', arn: 'arn:aws:s3:::photos' },
          // AWS: "my cat+1.jpg" arrives as "my+cat%2B1.jpg".
          object: { key: 'in/my+cat%2B1.jpg', size: 3, eTag: 'abc' },
        },
      },
    });
  });

  test.each([
    [{ 'deletion-type': 'Permanently Deleted', reason: 'DeleteObject' }, 'ObjectRemoved:Delete'],
    [
      { 'deletion-type': 'Delete Marker Created', reason: 'DeleteObject' },
      'ObjectRemoved:DeleteMarkerCreated',
    ],
    [{ reason: 'CompleteMultipartUpload' }, 'ObjectCreated:CompleteMultipartUpload'],
  ])('names %j', (why, eventName) => {
    const { reason: _reason, ...detail } = CREATED.detail;
    const event = { ...CREATED, detail: { ...detail, ...why } };

    expect(notificationRecord(event).eventName).toBe(eventName);
  });
});
