import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AwsError } from '../packages/signalbox/src/core/aws-error.ts';
import {
  fakeService,
  startTestEndpoint,
} from '../packages/signalbox/src/endpoint/endpoint-under-test.ts';
import { createSts } from '../packages/signalbox/src/endpoint/sts.ts';

const at = new Date('2026-01-31T12:00:00.500Z');
const script = fileURLToPath(new URL('endpoint-boto3.py', import.meta.url));
const hasBoto3 = spawnSync('python3', ['-c', 'import boto3']).status === 0;
if (!hasBoto3) process.stderr.write('Skipped tests/endpoint-boto3.test.ts: python3 has no boto3\n');

function refuse(name: string, message: string, fields: Record<string, unknown> = {}): never {
  throw new AwsError(name, message, fields);
}

const states = fakeService('states', '@aws-sdk/client-sfn', {
  DescribeExecution: () => ({ status: 'RUNNING', startDate: at, input: '{"é":1}' }),
});
const sqs = fakeService('sqs', '@aws-sdk/client-sqs', {
  SendMessage: () => ({ MessageId: 'm1' }),
  GetQueueUrl: () => refuse('QueueDoesNotExist', 'The specified queue does not exist.'),
});
const sns = fakeService('sns', '@aws-sdk/client-sns', {
  Publish: () => ({ MessageId: 'm2' }),
  GetTopicAttributes: () => refuse('NotFoundException', 'Topic does not exist'),
});
const dynamodb = fakeService('dynamodb', '@aws-sdk/client-dynamodb', {
  GetItem: () => ({
    Item: { id: { B: Uint8Array.of(1) }, n: { N: '1.5' }, l: { L: [{ S: 'a' }] } },
  }),
  TransactWriteItems: () =>
    refuse('TransactionCanceledException', 'Transaction cancelled', {
      CancellationReasons: [{ Code: 'ConditionalCheckFailed', Message: 'no' }, { Code: 'None' }],
    }),
});
const lambda = fakeService('lambda', '@aws-sdk/client-lambda', {
  Invoke: (input) =>
    'FunctionName' in input && input.FunctionName === 'busy'
      ? refuse('TooManyRequestsException', 'Rate Exceeded.', { retryAfterSeconds: '7' })
      : { StatusCode: 200, FunctionError: 'Unhandled', Payload: Uint8Array.of(0x7b, 0x7d) },
});
const events = fakeService('events', '@aws-sdk/client-eventbridge', {
  PutEvents: () => ({ FailedEntryCount: 0, Entries: [{ EventId: 'e1' }] }),
});
const monitoring = fakeService('monitoring', '@aws-sdk/client-cloudwatch', {
  PutMetricData: (input) =>
    'Namespace' in input && input.Namespace === 'AWS/x'
      ? refuse('InvalidParameterValueException', 'Not AWS/')
      : {},
  GetMetricData: () => ({ MetricDataResults: [{ Id: 'm1', Timestamps: [at], Values: [0.5, 3] }] }),
});
const logs = fakeService('logs', '@aws-sdk/client-cloudwatch-logs', {
  FilterLogEvents: () => ({ events: [{ timestamp: at.getTime(), message: 'Grüße' }] }),
});
const secrets = fakeService('secretsmanager', '@aws-sdk/client-secrets-manager', {
  GetSecretValue: () => ({ Name: 's', SecretBinary: Uint8Array.of(0, 255), CreatedDate: at }),
});
const ssm = fakeService('ssm', '@aws-sdk/client-ssm', {
  GetParameter: () => ({ Parameter: { Name: '/p', Value: 'v', Version: 3, LastModifiedDate: at } }),
});
const cloudformation = fakeService('cloudformation', '@aws-sdk/client-cloudformation', {
  DescribeStacks: () => ({
    Stacks: [{ StackName: 's', CreationTime: at, StackStatus: 'CREATE_COMPLETE', Tags: [] }],
  }),
});

const fakes = [states, sqs, sns, dynamodb, lambda, events, monitoring, logs, secrets, ssm];
let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let answers: Record<string, unknown>;

(hasBoto3 ? describe : describe.skip)('the endpoint through boto3', () => {
  beforeAll(async () => {
    const sts = createSts({ accountId: '123456789012' });
    endpoint = await startTestEndpoint([...fakes, cloudformation, sts]);
    const { stdout } = await promisify(execFile)('python3', [script, endpoint.url]);
    answers = JSON.parse(stdout);
  });

  afterAll(async () => {
    await endpoint.close();
    expect(endpoint.bugs).toEqual([]);
  });

  test('tells the caller who it is', () => {
    expect(answers['identity']).toEqual({
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:user/AKIATEST',
    });
  });

  test('carries answers of every protocol', () => {
    const iso = '2026-01-31T12:00:00.500000+00:00';
    expect(answers).toMatchObject({
      execution: { status: 'RUNNING', startDate: iso, input: '{"é":1}' },
      sent: { MessageId: 'm1' },
      published: { MessageId: 'm2' },
      item: { Item: { id: { B: '01' }, n: { N: '1.5' }, l: { L: [{ S: 'a' }] } } },
      invoked: { StatusCode: 200, FunctionError: 'Unhandled', Payload: '7b7d' },
      put: { FailedEntryCount: 0, Entries: [{ EventId: 'e1' }] },
      metric: {},
      metrics: { MetricDataResults: [{ Id: 'm1', Timestamps: [iso], Values: [0.5, 3] }] },
      logs: { events: [{ timestamp: at.getTime(), message: 'Grüße' }] },
      secret: { Name: 's', SecretBinary: '00ff', CreatedDate: iso },
      parameter: { Parameter: { Name: '/p', Value: 'v', Version: 3, LastModifiedDate: iso } },
      stacks: { Stacks: [{ StackName: 's', CreationTime: iso, Tags: [] }] },
    });
  });

  test('reads requests of every protocol', () => {
    const metric = {
      MetricName: 'ResponseTime',
      Dimensions: [{ Name: 'Environment', Value: 'local' }],
      // boto3 sends whole seconds.
      Timestamp: new Date('2026-01-31T12:00:00Z'),
      Value: 12.25,
    };
    expect(sqs.seen[0]?.input).toEqual({
      QueueUrl: `${endpoint.url}/123456789012/orders`,
      MessageBody: 'grüße',
      MessageAttributes: { raw: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) } },
    });
    expect(sns.seen[0]?.input).toEqual({
      TopicArn: 'arn:aws:sns:1',
      Message: 'a=b&c',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'x' } },
    });
    expect(dynamodb.seen[0]?.input).toEqual({
      TableName: 'orders',
      Key: { id: { B: Uint8Array.of(1) } },
    });
    expect(lambda.seen[0]?.input).toEqual({
      FunctionName: 'arn:aws:lambda:eu-west-1:123456789012:function:f',
      Payload: Buffer.from('{"n":1}'),
    });
    expect(events.seen[0]?.input).toMatchObject({ Entries: [{ Source: 'shop', Detail: '{}' }] });
    expect(monitoring.seen[0]?.input).toEqual({
      Namespace: 'MyApp/Performance',
      MetricData: Array(500).fill(metric),
    });
    expect(logs.seen[0]?.input).toEqual({ logGroupName: '/aws/lambda/f', startTime: 1 });
    expect(ssm.seen[0]?.input).toEqual({ Name: '/p', WithDecryption: true });
  });

  test('raises the errors that boto3 knows', () => {
    expect(answers).toMatchObject({
      unserved: { code: 'UnknownOperationException', status: 400 },
      'no queue': {
        type: 'QueueDoesNotExist',
        code: 'AWS.SimpleQueueService.NonExistentQueue',
        message: 'The specified queue does not exist.',
        status: 400,
      },
      'no topic': { type: 'NotFoundException', code: 'NotFound', status: 404 },
      cancelled: {
        type: 'TransactionCanceledException',
        status: 400,
        reasons: [{ Code: 'ConditionalCheckFailed', Message: 'no' }, { Code: 'None' }],
      },
      throttled: { type: 'TooManyRequestsException', message: 'Rate Exceeded.', status: 429 },
      'no metric': { code: 'InvalidParameterValue', message: 'Not AWS/', status: 400 },
    });
  });
});
