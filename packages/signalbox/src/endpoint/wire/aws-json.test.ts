import {
  DynamoDBClient,
  GetItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DescribeExecutionCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../core/aws-error.ts';
import { clientOptions, fakeService, startTestEndpoint } from '../endpoint-under-test.ts';

const startDate = new Date('2026-01-31T12:00:00.123Z');
let failure: AwsError | undefined;

const states = fakeService('states', '@aws-sdk/client-sfn', {
  DescribeExecution: () => {
    if (failure) throw failure;
    return {
      executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:orders:1',
      stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders',
      status: 'RUNNING',
      startDate,
      input: '{"text":"Grüße 🚂"}',
      inputDetails: { included: true },
      notModelled: 'stays inside',
    };
  },
});
const events = fakeService('events', '@aws-sdk/client-eventbridge', {
  PutEvents: () => ({ FailedEntryCount: 0, Entries: [{ EventId: 'e1' }] }),
});
const dynamodb = fakeService('dynamodb', '@aws-sdk/client-dynamodb', {
  GetItem: () => ({
    Item: {
      id: { S: 'o1' },
      bytes: { B: Uint8Array.of(0, 255) },
      tags: { SS: ['a', 'b'] },
      lines: { L: [{ M: { n: { N: '1' } } }, { NULL: true }] },
    },
  }),
  TransactWriteItems: () => {
    throw new AwsError('TransactionCanceledException', 'Transaction cancelled', {
      CancellationReasons: [{ Code: 'ConditionalCheckFailed', Item: { id: { S: 'o1' } } }],
    });
  },
});
const sqs = fakeService('sqs', '@aws-sdk/client-sqs', {
  DeleteMessage: () => ({}),
  ReceiveMessage: () => {
    throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  },
});

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;

beforeAll(async () => {
  endpoint = await startTestEndpoint([states, events, dynamodb, sqs]);
});

beforeEach(() => {
  failure = undefined;
});

afterAll(async () => {
  await endpoint.close();
  expect(endpoint.bugs).toEqual([]);
});

describe('createAwsJson()', () => {
  test('carries texts, timestamps and structures of AWS Step Functions both ways', async () => {
    const client = new SFNClient(clientOptions(endpoint.url));

    const output = await client.send(new DescribeExecutionCommand({ executionArn: 'arn:1' }));

    expect(states.seen.at(-1)?.input).toEqual({ executionArn: 'arn:1' });
    expect(output).toMatchObject({
      status: 'RUNNING',
      startDate,
      input: '{"text":"Grüße 🚂"}',
      inputDetails: { included: true },
    });
    expect(output).not.toHaveProperty('notModelled');
    expect(output.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('reads timestamps and lists of a request', async () => {
    const client = new EventBridgeClient(clientOptions(endpoint.url));
    const entry = { Source: 'shop', DetailType: 'OrderPlaced', Detail: '{}', Time: startDate };

    await client.send(new PutEventsCommand({ Entries: [entry] }));

    expect(events.seen.at(-1)?.input).toEqual({ Entries: [entry] });
  });

  test('carries the attribute values of Amazon DynamoDB, binary ones too', async () => {
    const client = new DynamoDBClient(clientOptions(endpoint.url));
    const key = { id: { B: Uint8Array.of(1, 2, 3) } };

    const { Item } = await client.send(new GetItemCommand({ TableName: 'orders', Key: key }));

    expect(dynamodb.seen.at(-1)?.input).toEqual({ TableName: 'orders', Key: key });
    expect(Item).toEqual({
      id: { S: 'o1' },
      bytes: { B: Uint8Array.of(0, 255) },
      tags: { SS: ['a', 'b'] },
      lines: { L: [{ M: { n: { N: '1' } } }, { NULL: true }] },
    });
  });

  test('writes a modelled error with its further members', async () => {
    const client = new DynamoDBClient(clientOptions(endpoint.url));

    const refused = client.send(new TransactWriteItemsCommand({ TransactItems: [{}] }));

    await expect(refused).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message: 'Transaction cancelled',
      CancellationReasons: [{ Code: 'ConditionalCheckFailed', Item: { id: { S: 'o1' } } }],
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('writes an error that the model does not know', async () => {
    failure = new AwsError('AccessDeniedException', 'User: x is not authorized');
    const client = new SFNClient(clientOptions(endpoint.url));

    const refused = client.send(new DescribeExecutionCommand({ executionArn: 'arn:1' }));

    await expect(refused).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: 'User: x is not authorized',
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('writes the response of an operation without output', async () => {
    const client = new SQSClient(clientOptions(endpoint.url));
    const input = { QueueUrl: `${endpoint.url}/123456789012/orders`, ReceiptHandle: 'r1' };

    const output = await client.send(new DeleteMessageCommand(input));

    expect(output.$metadata.httpStatusCode).toBe(200);
    expect(sqs.seen.at(-1)?.input).toEqual(input);
  });

  test('gives clients of the older query protocol the code that they know', async () => {
    const client = new SQSClient(clientOptions(endpoint.url));
    const QueueUrl = `${endpoint.url}/123456789012/none`;

    const refused = client.send(new ReceiveMessageCommand({ QueueUrl }));

    await expect(refused).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      Error: { Code: 'AWS.SimpleQueueService.NonExistentQueue', Type: 'Sender' },
    });
  });

  test('names what is served where an action is not', async () => {
    const client = new SFNClient(clientOptions(endpoint.url));

    const refused = client.send(new StopExecutionCommand({ executionArn: 'arn:1' }));

    await expect(refused).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'Cannot run states:StopExecution: served actions of states: DescribeExecution',
      $metadata: { httpStatusCode: 400 },
    });
  });
});
