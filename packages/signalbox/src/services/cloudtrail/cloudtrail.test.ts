import { beforeEach, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../core/aws-error.ts';
import { createTestClock, type TestClock } from '../../core/test-clock.ts';
import { type CloudTrail, type CloudTrailEvent, createCloudTrail } from './cloudtrail.ts';
import type { ApiCall } from './management-event.ts';

const accountId = '123456789012';

let clock: TestClock;
let cloudTrail: CloudTrail;
let heard: CloudTrailEvent[];

beforeEach(() => {
  clock = createTestClock('2026-01-05T10:00:00.250Z');
  cloudTrail = createCloudTrail({ clock, region: 'us-east-1', accountId });
  heard = [];
  cloudTrail.onEvent((event) => void heard.push(event));
});

const call = (more: Partial<ApiCall> = {}): ApiCall => ({
  eventSource: 's3.amazonaws.com',
  eventName: 'PutBucketLifecycle',
  region: 'us-east-1',
  caller: { arn: `arn:aws:iam::${accountId}:role/service/audit`, traceHeader: 'Root=1-a' },
  requestParameters: { bucketName: 'logs' },
  resources: [{ type: 'AWS::S3::Bucket', arn: 'arn:aws:s3:::logs' }],
  error: undefined,
  ...more,
});

describe('record()', () => {
  test('hands a call to EventBridge some seconds later', async () => {
    cloudTrail.record(call());
    await clock.advance(4_999);
    expect(heard).toEqual([]);

    await clock.advance(1);

    expect(heard).toEqual([
      {
        source: 'aws.s3',
        detailType: 'AWS API Call via CloudTrail',
        region: 'us-east-1',
        time: new Date('2026-01-05T10:00:00.250Z'),
        traceHeader: 'Root=1-a',
        detail: {
          eventVersion: '1.11',
          userIdentity: {
            type: 'AssumedRole',
            principalId: expect.stringMatching(/^AROA[A-Z2-7]{17}:signalbox$/),
            arn: `arn:aws:sts::${accountId}:assumed-role/audit/signalbox`,
            accountId,
            sessionContext: {
              sessionIssuer: {
                type: 'Role',
                principalId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
                arn: `arn:aws:iam::${accountId}:role/service/audit`,
                accountId,
                userName: 'audit',
              },
              attributes: { creationDate: '2026-01-05T10:00:00Z', mfaAuthenticated: 'false' },
            },
          },
          eventTime: '2026-01-05T10:00:00Z',
          eventSource: 's3.amazonaws.com',
          eventName: 'PutBucketLifecycle',
          awsRegion: 'us-east-1',
          sourceIPAddress: '127.0.0.1',
          userAgent: '[signalbox]',
          requestParameters: { bucketName: 'logs' },
          responseElements: null,
          requestID: expect.stringMatching(/^[0-9A-F]{16}$/),
          eventID: expect.stringMatching(/^[0-9a-f-]{36}$/),
          readOnly: false,
          resources: [{ type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::logs', accountId }],
          eventType: 'AwsApiCall',
          managementEvent: true,
          recipientAccountId: accountId,
          eventCategory: 'Management',
        },
      },
    ]);
  });

  test.each([
    [`arn:aws:iam::${accountId}:root`, { type: 'Root', principalId: accountId }],
    [
      `arn:aws:iam::${accountId}:user/ops/ada`,
      { type: 'IAMUser', userName: 'ada', principalId: expect.stringMatching(/^AIDA/) },
    ],
  ])('names %s', async (arn, identity) => {
    cloudTrail.record(call({ caller: { arn }, resources: [] }));
    await clock.advance(5_000);

    const [event] = heard;
    expect(event?.detail).toMatchObject({ userIdentity: { arn, accountId, ...identity } });
    expect(event?.detail).not.toHaveProperty('resources');
  });

  test('says why a call was refused', async () => {
    cloudTrail.record(call({ error: new AwsError('AccessDenied', 'Access Denied') }));
    await clock.advance(5_000);

    expect(heard).toMatchObject([
      { detail: { errorCode: 'AccessDenied', errorMessage: 'Access Denied' } },
    ]);
  });

  test('leaves calls of other Regions to the bus there, unless it forwards them', async () => {
    cloudTrail.record(call({ region: 'us-west-2' }));
    await clock.advance(5_000);
    expect(heard).toEqual([]);

    cloudTrail.simulated.seed({ forwardedRegions: ['us-west-2'] });
    cloudTrail.record(call({ region: 'us-west-2' }));
    cloudTrail.record(call({ region: 'eu-west-1' }));
    await clock.advance(5_000);

    expect(heard).toMatchObject([{ detail: { awsRegion: 'us-west-2' } }]);
  });
});

describe('the simulated resources', () => {
  test('seeds how long delivery takes, and whether the trail is on', async () => {
    cloudTrail.simulated.seed({ deliverySeconds: 1 });
    cloudTrail.record(call());
    await clock.advance(1_000);
    expect(heard).toHaveLength(1);
    expect(cloudTrail.simulated.show()).toEqual({
      isLogging: true,
      deliverySeconds: 1,
      forwardedRegions: [],
      recorded: 1,
    });

    cloudTrail.simulated.seed({ isLogging: false });
    cloudTrail.record(call());
    await clock.advance(60_000);

    expect(heard).toHaveLength(1);
    expect(() => cloudTrail.simulated.seed({ delay: 1 })).toThrow('cloudtrail.delay');
  });

  test('stops and starts the trail', async () => {
    const fault = cloudTrail.simulated.faults['trail-stopped'];
    fault?.start(undefined);
    cloudTrail.record(call());
    expect(cloudTrail.simulated.show()).toMatchObject({ isLogging: false });
    fault?.end(undefined);
    cloudTrail.record(call({ eventName: 'DeleteBucket' }));
    await clock.advance(5_000);

    expect(heard).toMatchObject([{ detail: { eventName: 'DeleteBucket' } }]);
  });
});
