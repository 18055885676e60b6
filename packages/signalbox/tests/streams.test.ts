import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createRehearsal, type Rehearsal } from '../src/create-rehearsal.ts';
import { createProject } from '../src/template/temporary-project.ts';

let rehearsal: Rehearsal | undefined;

afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
});

async function start(template: string, files: Readonly<Record<string, string>> = {}) {
  const root = createProject({ 'template.yaml': template, ...files });
  rehearsal = await createRehearsal({ root, plugins: [], seeds: [] });
  return rehearsal;
}

const TABLE = `
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES }
`;

const MACHINE = `
  M:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: { StartAt: P, States: { P: { Type: Pass, End: true } } }
`;

async function put(started: Rehearsal, ids: readonly string[], kind = 'order'): Promise<void> {
  const client = new DynamoDBClient(started.client);
  const TableName = started.physicalId('Orders');
  for (const id of ids) {
    const Item = { id: { S: id }, kind: { S: kind } };
    await client.send(new PutItemCommand({ TableName, Item }));
  }
}

async function inputsOf(started: Rehearsal): Promise<readonly unknown[]> {
  const client = new SFNClient(started.client);
  const stateMachineArn = started.physicalId('M');
  const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
  return Promise.all(
    executions.map(async ({ executionArn }) => {
      const described = await client.send(new DescribeExecutionCommand({ executionArn }));
      return JSON.parse(described.input ?? 'null');
    }),
  );
}

async function messagesIn(started: Rehearsal, queue: string): Promise<readonly unknown[]> {
  const client = new SQSClient(started.client);
  const QueueUrl = started.physicalId(queue);
  const input = { QueueUrl, MaxNumberOfMessages: 10 };
  const { Messages = [] } = await client.send(new ReceiveMessageCommand(input));
  return Messages.map(({ Body = '' }) => JSON.parse(Body));
}

/** A function that starts the machine with the keys of each batch, and fails for an item of the name "bad". */
const READER = `
  Reader:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs20.x
      Handler: index.handler
      Timeout: 20
      InlineCode: |
        const { SFNClient, StartExecutionCommand } = require('@aws-sdk/client-sfn');
        exports.handler = async ({ Records }) => {
          const ids = Records.map(({ dynamodb }) => dynamodb.Keys.id.S);
          if (ids.includes('bad')) throw new Error('bad item');
          const input = JSON.stringify({ ids, first: Records[0] });
          await new SFNClient({}).send(new StartExecutionCommand({ stateMachineArn: process.env.MACHINE, input }));
        };
      Environment: { Variables: { MACHINE: !Ref M } }
      Events:
        Changes:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Orders.StreamArn
            StartingPosition: TRIM_HORIZON
            BatchSize: 10
            MaximumRetryAttempts: 2
            BisectBatchOnFunctionError: true
            FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"NewImage":{"kind":{"S":["order"]}}}}' }] }
            DestinationConfig: { OnFailure: { Destination: !GetAtt GivenUp.Arn } }
`;

describe('the stream of a table', () => {
  test('feeds a function with the changes that its filter takes', async () => {
    const started = await start(`
Transform: AWS::Serverless-2016-10-31
Resources:
  GivenUp: { Type: AWS::SQS::Queue }${TABLE}${MACHINE}${READER}`);
    await put(started, ['junk'], 'junk');
    await put(started, ['a']);
    await started.settled();

    expect(await inputsOf(started)).toEqual([
      {
        ids: ['a'],
        first: {
          eventID: expect.any(String),
          eventName: 'INSERT',
          eventVersion: '1.1',
          eventSource: 'aws:dynamodb',
          awsRegion: started.app().region,
          dynamodb: {
            ApproximateCreationDateTime: expect.any(Number),
            Keys: { id: { S: 'a' } },
            NewImage: { id: { S: 'a' }, kind: { S: 'order' } },
            SequenceNumber: expect.stringMatching(/^\d{21}$/),
            SizeBytes: expect.any(Number),
            StreamViewType: 'NEW_AND_OLD_IMAGES',
          },
          eventSourceARN: expect.stringMatching(/:table\/.+\/stream\/2026-01-01T00:00:00\.000$/),
        },
      },
    ]);
  });

  test('goes on after an item that a function cannot do, and a queue is told of it', async () => {
    const started = await start(`
Transform: AWS::Serverless-2016-10-31
Resources:
  GivenUp: { Type: AWS::SQS::Queue }${TABLE}${MACHINE}${READER}`);
    await put(started, ['a', 'bad', 'b']);
    await started.settled();

    const ids = (await inputsOf(started)).flatMap((input) => Object(input).ids);
    expect(ids.sort()).toEqual(['a', 'b']);
    expect(await messagesIn(started, 'GivenUp')).toEqual([
      expect.objectContaining({
        requestContext: expect.objectContaining({ condition: 'RetryAttemptsExhausted' }),
        DDBStreamBatchInfo: expect.objectContaining({
          batchSize: 1,
          shardId: expect.stringMatching(/^shardId-/),
          streamArn: expect.stringContaining('/stream/'),
        }),
      }),
    ]);
  });

  test('goes through a pipe: filtered, enriched, transformed', async () => {
    const started = await start(`
Transform: AWS::Serverless-2016-10-31
Resources:${TABLE}${MACHINE}
  Sorter:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      Definition:
        StartAt: P
        States: { P: { Type: Pass, Parameters: { 'id.$': '$[0].id', by: sorter }, End: true } }
  Pipe:
    Type: AWS::Pipes::Pipe
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/pipe
      Source: !GetAtt Orders.StreamArn
      SourceParameters:
        FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"],"dynamodb":{"NewImage":{"kind":{"S":["order"]}}}}' }] }
        DynamoDBStreamParameters: { StartingPosition: LATEST, BatchSize: 1 }
      Enrichment: !Ref Sorter
      EnrichmentParameters: { InputTemplate: '{"id": <$.dynamodb.Keys.id.S>}' }
      Target: !Ref M
      TargetParameters:
        StepFunctionStateMachineParameters: { InvocationType: FIRE_AND_FORGET }
        InputTemplate: '{"note": "<$.id> by <$.by>"}'
`);
    await put(started, ['junk'], 'junk');
    await put(started, ['a']);
    await started.settled();

    expect(await inputsOf(started)).toEqual([[{ note: 'a by sorter' }]]);
  });

  test('is read by a client of its own, over the address of DynamoDB', async () => {
    const started = await start(`Resources:${TABLE}`);
    await put(started, ['a', 'b']);
    const client = new DynamoDBStreamsClient(started.client);
    const TableName = started.physicalId('Orders');
    const { Streams } = await client.send(new ListStreamsCommand({ TableName }));
    const StreamArn = Streams?.[0]?.StreamArn ?? '';
    const described = await client.send(new DescribeStreamCommand({ StreamArn }));
    const ShardId = described.StreamDescription?.Shards?.[0]?.ShardId ?? '';
    const from = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
    const { ShardIterator = '' } = await client.send(new GetShardIteratorCommand(from));
    const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator }));
    expect(Records.map(({ dynamodb }) => dynamodb?.Keys?.['id'])).toEqual([{ S: 'a' }, { S: 'b' }]);
    expect(Records[0]?.dynamodb?.ApproximateCreationDateTime).toBeInstanceOf(Date);
    const wrong = new ListStreamsCommand({ Limit: 0 });
    await expect(client.send(wrong)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('is where it was after a restart, and each change is handed over once', async () => {
    const template = `
Transform: AWS::Serverless-2016-10-31
Resources:
  GivenUp: { Type: AWS::SQS::Queue }${TABLE}${MACHINE}${READER}`;
    const root = createProject({ 'template.yaml': template });
    const options = { root, plugins: [], seeds: [], store: '.store' };
    rehearsal = await createRehearsal(options);
    await put(rehearsal, ['a']);
    await rehearsal.settled();
    await rehearsal.close();
    rehearsal = await createRehearsal(options);
    await put(rehearsal, ['b']);
    await rehearsal.settled();

    const ids = (await inputsOf(rehearsal)).map((input) => Object(input).ids);
    expect(ids.sort()).toEqual([['a'], ['b']]);
  });
});
