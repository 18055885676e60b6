import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Service } from '../core/service.ts';
import { createTestClock, type TestClock } from '../core/test-clock.ts';
import { localDisk } from '../store/disk.ts';
import { openKeptMaps } from '../store/kept-maps.ts';
import { createCloudWatch } from './cloudwatch/cloudwatch.ts';
import { createS3 } from './s3/s3.ts';
import { createSecretsManager } from './secrets-manager/secrets-manager.ts';
import { createSns } from './sns/sns.ts';
import { createSqs } from './sqs/sqs.ts';
import { createSsm } from './ssm/ssm.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const QueueUrl = 'http://127.0.0.1/123456789012/work';

let root: string;
let file: string;
let clock: TestClock;

beforeAll(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'signalbox-services-'));
});
afterAll(() => fs.rmSync(root, { recursive: true }));
beforeEach(() => {
  clock = createTestClock();
  file = join(fs.mkdtempSync(join(root, 'store-')), 'records.jsonl');
});

function linesOf(journal: string): readonly string[] {
  return fs.readFileSync(journal, 'utf8').split(/(?<=\n)/);
}

/** Opens the services on what was kept, as a process does that comes after one that was killed. */
function open() {
  const options = {
    clock,
    region: 'eu-central-1',
    accountId: '123456789012',
    endpointUrl: 'http://127.0.0.1',
    call: async () => ({}),
    onBug() {},
    maps: openKeptMaps({ file, disk: localDisk, say: () => {} }),
  };
  return {
    sqs: createSqs(options).service,
    sns: createSns(options).service,
    ssm: createSsm(options).service,
    secrets: createSecretsManager(options).service,
    s3: createS3(options),
    cloudWatch: createCloudWatch(options).service,
  };
}

async function run(service: Service, action: string, input: object) {
  const output: Record<string, unknown> = { ...(await service.actions[action]?.(input, caller)) };
  return output;
}

describe('after a kill', () => {
  test('a parameter has its versions, and its last value', async () => {
    const { ssm } = open();
    await run(ssm, 'PutParameter', { Name: 'Failover', Value: 'enabled', Type: 'String' });
    await run(ssm, 'PutParameter', { Name: 'Failover', Value: 'disabled', Overwrite: true });

    const again = open().ssm;
    expect(await run(again, 'GetParameter', { Name: 'Failover' })).toMatchObject({
      Parameter: { Value: 'disabled', Version: 2, LastModifiedDate: clock.now() },
    });
    expect(await run(again, 'GetParameter', { Name: 'Failover:1' })).toMatchObject({
      Parameter: { Value: 'enabled' },
    });
  });

  test('alarms have their states, tags and expressions, and go on', async () => {
    const { cloudWatch } = open();
    const of = { MetricName: 'Errors', Namespace: 'Shop' };
    const limits = { EvaluationPeriods: 1, Threshold: 1, TreatMissingData: 'notBreaching' };
    const above = { ...limits, ComparisonOperator: 'GreaterThanOrEqualToThreshold' };
    await run(cloudWatch, 'PutMetricAlarm', {
      ...{ AlarmName: 'plain', ...of, ...above, Period: 60, Statistic: 'Sum' },
      Tags: [{ Key: 'team', Value: 'orders' }],
    });
    const metric = { Metric: of, Period: 60, Stat: 'Sum' };
    const Metrics = [
      { Id: 'twice', Expression: 'errors * 2', ReturnData: true },
      { Id: 'errors', MetricStat: metric, ReturnData: false },
    ];
    await run(cloudWatch, 'PutMetricAlarm', { AlarmName: 'math', ...above, Metrics });
    await run(cloudWatch, 'PutCompositeAlarm', {
      AlarmName: 'either',
      AlarmRule: 'ALARM(plain) OR ALARM(math)',
    });
    const StateReason = 'by hand';
    await run(cloudWatch, 'SetAlarmState', { AlarmName: 'math', StateValue: 'ALARM', StateReason });
    await run(cloudWatch, 'DeleteAlarms', { AlarmNames: ['plain'] });

    const again = open().cloudWatch;
    expect(await run(again, 'DescribeAlarms', {})).toMatchObject({
      MetricAlarms: [{ AlarmName: 'math', StateValue: 'ALARM', StateReason }],
    });
    expect(await run(again, 'DescribeAlarms', { AlarmTypes: ['CompositeAlarm'] })).toMatchObject({
      CompositeAlarms: [{ AlarmName: 'either', StateValue: 'ALARM' }],
    });
    await clock.advance(180_000);
    expect(await run(again, 'DescribeAlarms', { AlarmNames: ['math', 'either'] })).toMatchObject({
      MetricAlarms: [{ StateValue: 'OK' }],
    });
    const AlarmTypes = ['CompositeAlarm'];
    expect(await run(again, 'DescribeAlarms', { AlarmTypes })).toMatchObject({
      CompositeAlarms: [{ StateValue: 'OK' }],
    });
  });

  test('a secret has its values and their stages', async () => {
    const { secrets } = open();
    const { ARN } = await run(secrets, 'CreateSecret', { Name: 'key', SecretString: 'a' });
    const SecretBinary = Buffer.from([1, 2, 255]);
    await run(secrets, 'PutSecretValue', { SecretId: 'key', SecretBinary });

    const again = open().secrets;
    expect(await run(again, 'GetSecretValue', { SecretId: 'key' })).toMatchObject({
      ARN,
      SecretBinary,
      VersionStages: ['AWSCURRENT'],
    });
    const previous = { SecretId: 'key', VersionStage: 'AWSPREVIOUS' };
    expect(await run(again, 'GetSecretValue', previous)).toMatchObject({ SecretString: 'a' });
  });

  test('a topic has the subscriptions that were not ended', async () => {
    const { sns } = open();
    const { TopicArn } = await run(sns, 'CreateTopic', { Name: 'news' });
    const subscribe = (Endpoint: string) =>
      run(sns, 'Subscribe', { TopicArn, Protocol: 'email', Endpoint });
    const { SubscriptionArn } = await subscribe('a@example.com');
    await run(sns, 'Unsubscribe', await subscribe('b@example.com'));

    expect(await run(open().sns, 'ListSubscriptionsByTopic', { TopicArn })).toMatchObject({
      Subscriptions: [{ SubscriptionArn, Endpoint: 'a@example.com' }],
    });
  });

  test('a queue has its attributes, and a deleted one is gone', async () => {
    const { sqs } = open();
    await run(sqs, 'CreateQueue', { QueueName: 'work', Attributes: { DelaySeconds: '7' } });
    await run(sqs, 'SetQueueAttributes', { QueueUrl, Attributes: { VisibilityTimeout: '9' } });
    await run(sqs, 'CreateQueue', { QueueName: 'gone' });
    await run(sqs, 'SendMessage', { QueueUrl: `${QueueUrl}/gone`, MessageBody: 'x' });
    await run(sqs, 'DeleteQueue', { QueueUrl: `${QueueUrl}/gone` });

    const again = open().sqs;
    expect(await run(again, 'ListQueues', {})).toEqual({ QueueUrls: [QueueUrl] });
    const asked = { QueueUrl, AttributeNames: ['All'] };
    expect(await run(again, 'GetQueueAttributes', asked)).toMatchObject({
      Attributes: { DelaySeconds: '7', VisibilityTimeout: '9', ApproximateNumberOfMessages: '0' },
    });
  });

  test('a message is hidden for the rest of its time, and counts its receives', async () => {
    const first = open().sqs;
    await run(first, 'CreateQueue', { QueueName: 'work' });
    for (const MessageBody of ['held', 'done', 'late']) {
      const DelaySeconds = MessageBody === 'late' ? 60 : 0;
      await run(first, 'SendMessage', { QueueUrl, MessageBody, DelaySeconds });
    }
    await run(first, 'ReceiveMessage', { QueueUrl, VisibilityTimeout: 30 });
    const { Messages } = await run(first, 'ReceiveMessage', { QueueUrl });
    const [{ ReceiptHandle }] = Messages as [{ ReceiptHandle: string }];
    await run(first, 'DeleteMessage', { QueueUrl, ReceiptHandle });

    const again = open().sqs;
    const receive = () =>
      run(again, 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, AttributeNames: ['All'] });
    expect(await receive()).toEqual({});
    await clock.advance(29_999);
    expect(await receive()).toEqual({});
    await clock.advance(1);
    expect(await receive()).toMatchObject({
      Messages: [{ Body: 'held', Attributes: { ApproximateReceiveCount: '2' } }],
    });
    await clock.advance(30_000);
    expect(await receive()).toMatchObject({ Messages: [{ Body: 'held' }, { Body: 'late' }] });
  });

  test('a message that was received too often is in the dead-letter queue alone', async () => {
    const { sqs } = open();
    await run(sqs, 'CreateQueue', { QueueName: 'dead' });
    const deadLetterTargetArn = 'arn:aws:sqs:eu-central-1:123456789012:dead';
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 });
    await run(sqs, 'CreateQueue', { QueueName: 'work', Attributes: { RedrivePolicy } });
    const { MessageId } = await run(sqs, 'SendMessage', { QueueUrl, MessageBody: 'x' });
    await run(sqs, 'ReceiveMessage', { QueueUrl, VisibilityTimeout: 0 });
    await run(sqs, 'ReceiveMessage', { QueueUrl });

    const again = open().sqs;
    const dead = await run(again, 'ReceiveMessage', { QueueUrl: `${QueueUrl}/dead` });
    expect(dead).toMatchObject({ Messages: [{ MessageId, Body: 'x' }] });
    expect(await run(again, 'ReceiveMessage', { QueueUrl })).toEqual({});
  });
});

describe('S3 after a kill', () => {
  const Bucket = 'papers';
  const CreateBucketConfiguration = { LocationConstraint: 'eu-central-1' };

  test('has buckets of the API with their settings, and objects with their versions', async () => {
    const { s3 } = open();
    await run(s3.service, 'CreateBucket', { Bucket, CreateBucketConfiguration });
    await run(s3.service, 'CreateBucket', { Bucket: 'gone', CreateBucketConfiguration });
    await run(s3.service, 'DeleteBucket', { Bucket: 'gone' });
    const Tagging = { TagSet: [{ Key: 'team', Value: 'ops' }] };
    await run(s3.service, 'PutBucketTagging', { Bucket, Tagging });
    const VersioningConfiguration = { Status: 'Enabled' };
    await run(s3.service, 'PutBucketVersioning', { Bucket, VersioningConfiguration });
    const put = (Body: string, Key = 'a/b') => run(s3.service, 'PutObject', { Bucket, Key, Body });
    const { VersionId } = await put('one');
    await put('two');
    await put('x', 'deleted');
    await run(s3.service, 'DeleteObject', { Bucket, Key: 'deleted' });
    await run(s3.service, 'PutObjectTagging', { Bucket, Key: 'a/b', VersionId, Tagging });

    const again = open().s3.service;
    expect(await run(again, 'GetBucketTagging', { Bucket })).toEqual(Tagging);
    const text = async (asked: object): Promise<string> => {
      const { Body } = await run(again, 'GetObject', { Bucket, Key: 'a/b', ...asked });
      return Buffer.from(Body as Uint8Array).toString();
    };
    expect([await text({}), await text({ VersionId })]).toEqual(['two', 'one']);
    const tagged = { Bucket, Key: 'a/b', VersionId };
    expect(await run(again, 'GetObjectTagging', tagged)).toEqual({ ...Tagging, VersionId });
    expect(await run(again, 'ListObjectsV2', { Bucket })).toMatchObject({ KeyCount: 1 });
    await expect(run(again, 'HeadBucket', { Bucket: 'gone' })).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  test('has its locks', async () => {
    const { s3 } = open();
    const locked = { Bucket, CreateBucketConfiguration, ObjectLockEnabledForBucket: true };
    await run(s3.service, 'CreateBucket', locked);
    const { VersionId } = await run(s3.service, 'PutObject', { Bucket, Key: 'a', Body: 'x' });
    const held = { Bucket, Key: 'a', VersionId };
    const until = new Date('2999-01-01T00:00:00.000Z');
    const Retention = { Mode: 'COMPLIANCE', RetainUntilDate: until };
    await run(s3.service, 'PutObjectRetention', { ...held, Retention });
    await run(s3.service, 'PutObjectLegalHold', { ...held, LegalHold: { Status: 'ON' } });

    const again = open().s3.service;
    expect(await run(again, 'GetObjectLockConfiguration', { Bucket })).toEqual({
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
    });
    expect(await run(again, 'HeadObject', held)).toMatchObject({
      ObjectLockMode: 'COMPLIANCE',
      ObjectLockRetainUntilDate: until,
      ObjectLockLegalHoldStatus: 'ON',
    });
    await expect(run(again, 'DeleteObject', held)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('has an object that is written over at every moment: that is one line', async () => {
    const { s3 } = open();
    await run(s3.service, 'CreateBucket', { Bucket, CreateBucketConfiguration });
    await run(s3.service, 'PutObject', { Bucket, Key: 'a', Body: 'one' });
    const before = linesOf(file).length;

    await run(s3.service, 'PutObject', { Bucket, Key: 'a', Body: 'two' });

    const lines = linesOf(file).slice(before);
    expect(lines).toEqual([expect.stringMatching(/^\["set","s3\/objects","papers\/null\/a",/)]);
    const { Body } = await run(open().s3.service, 'GetObject', { Bucket, Key: 'a' });
    expect(Buffer.from(Body as Uint8Array).toString()).toBe('two');
  });

  test('has the bucket of a template as it was changed, until the template changes it', async () => {
    const settings = { name: Bucket, isVersioned: true, notifiesEventBridge: true };
    const first = open().s3;
    first.createBucket(settings);
    const Rules = [{ ID: 'x', Status: 'Enabled', Filter: {}, Expiration: { Days: 3 } }];
    const LifecycleConfiguration = { Rules };
    const change = { Bucket, LifecycleConfiguration };
    await run(first.service, 'PutBucketLifecycleConfiguration', change);

    const second = open().s3;
    second.simulated.seed({});
    second.createBucket(settings);
    expect(await run(second.service, 'GetBucketLifecycleConfiguration', { Bucket })).toMatchObject({
      Rules,
    });
    second.createBucket({ ...settings, isVersioned: false });
    await expect(
      run(second.service, 'GetBucketLifecycleConfiguration', { Bucket }),
    ).rejects.toMatchObject({ name: 'NoSuchLifecycleConfiguration' });
  });

  test('forgets the buckets of the API at a reset, and keeps none that was seeded', async () => {
    const { s3 } = open();
    s3.simulated.seed({ buckets: [{ name: 'seeded-one' }] });
    await run(s3.service, 'CreateBucket', { Bucket, CreateBucketConfiguration });
    await run(s3.service, 'PutObject', { Bucket, Key: 'a', Body: 'x' });

    const second = open().s3;
    second.simulated.seed({});
    expect(await run(second.service, 'ListBuckets', {})).toMatchObject({
      Buckets: [{ Name: Bucket }],
    });
    second.simulated.seed({});
    expect(await run(second.service, 'ListBuckets', {})).toMatchObject({ Buckets: [] });
    const third = open().s3;
    third.simulated.seed({});
    expect(await run(third.service, 'ListBuckets', {})).toMatchObject({ Buckets: [] });
  });
});
