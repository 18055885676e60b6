import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  EventBridgeClient,
  ListEventBusesCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import {
  CreateTopicCommand,
  ListTopicsCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRehearsal, type Rehearsal, type RehearsalStack } from '../src/create-rehearsal.ts';
import { createProject } from '../src/template/temporary-project.ts';

const HOME = 'us-east-1';
const PEER = 'us-west-2';

/** In each Region a machine that a function tells its Region; the home's bus hands orders on to the peer's. */
const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Parameters: { Peer: { Type: String, Default: '' } }
Conditions: { Forwards: !Not [!Equals [!Ref Peer, '']] }
Resources:
  Orders: { Type: AWS::Events::EventBus, Properties: { Name: orders } }
  Bucket: { Type: AWS::S3::Bucket }
  Items:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
  Where:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: |
        exports.handler = async () => ({ region: process.env.AWS_REGION });
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: Ask
        States:
          Ask: { Type: Task, Resource: !GetAtt Where.Arn, End: true }
  Start:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Orders
      EventPattern: { detail-type: [Begin] }
      Targets: [{ Id: flow, Arn: !Ref Flow, RoleArn: 'arn:aws:iam::123456789012:role/r' }]
  Forward:
    Type: AWS::Events::Rule
    Condition: Forwards
    Properties:
      EventBusName: !Ref Orders
      EventPattern: { source: [shop] }
      Targets:
        - Id: peer
          Arn: !Sub 'arn:aws:events:\${Peer}:\${AWS::AccountId}:event-bus/orders'
          RoleArn: 'arn:aws:iam::123456789012:role/r'
`;

const SAMCONFIG = `
[local.deploy.parameters]
region = "${HOME}"
parameter_overrides = "Peer=${PEER}"
[local-${PEER}.deploy.parameters]
`;

let rehearsal: Rehearsal;
let home: RehearsalStack;
let peer: RehearsalStack;

beforeAll(async () => {
  const root = createProject({ 'template.yaml': TEMPLATE, 'samconfig.toml': SAMCONFIG });
  rehearsal = await createRehearsal({ root, plugins: [], seeds: [], regions: [HOME, PEER] });
  home = rehearsal.inRegion(HOME);
  peer = rehearsal.inRegion(PEER);
});
afterAll(() => rehearsal?.close());

const begin = (stack: RehearsalStack, Source: string) =>
  stack.putEvents([
    { EventBusName: 'orders', Source, DetailType: 'Begin', Detail: JSON.stringify({ id: 1 }) },
  ]);

async function outputsIn(stack: RehearsalStack): Promise<readonly unknown[]> {
  await rehearsal.settled();
  const client = new SFNClient(stack.client);
  const stateMachineArn = stack.physicalId('Flow');
  const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
  return Promise.all(
    executions.map(async ({ executionArn }) => {
      const { output = '' } = await client.send(new DescribeExecutionCommand({ executionArn }));
      return JSON.parse(output);
    }),
  );
}

describe('a template in two Regions', () => {
  test('has a stack in each, with ARNs and drawn names of its own', async () => {
    expect(home.app().parameters).toEqual({ Peer: PEER });
    expect(peer.app().parameters).toEqual({ Peer: '' });
    for (const [stack, region] of [[home, HOME] as const, [peer, PEER] as const]) {
      const { Stacks } = await new CloudFormationClient(stack.client).send(
        new DescribeStacksCommand({}),
      );
      expect(Stacks).toEqual([expect.objectContaining({ StackId: stack.app().stackId })]);
      expect(stack.physicalId('Flow')).toContain(`arn:aws:states:${region}:`);
    }
    // The names of buckets are taken in all Regions.
    expect(home.physicalId('Bucket')).not.toBe(peer.physicalId('Bucket'));
    expect(() => rehearsal.inRegion('eu-west-1')).toThrow(
      'No stack is rehearsed in eu-west-1: there is us-east-1, us-west-2',
    );
  });

  test('works in the Region that the event came to, with functions that know it', async () => {
    await begin(peer, 'office');

    expect(await outputsIn(peer)).toEqual([{ region: PEER }]);
    expect(await outputsIn(home)).toEqual([]);
  });

  test('is not found by its ARN in the other Region, nor is its function', async () => {
    const stateMachineArn = home.physicalId('Flow');
    await expect(
      new SFNClient(peer.client).send(new DescribeStateMachineCommand({ stateMachineArn })),
    ).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
    const FunctionName = home.app().functions[0]?.arn;
    await expect(
      new LambdaClient(peer.client).send(new InvokeCommand({ FunctionName })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('hands an event on to the bus in the other Region, which works on it there too', async () => {
    const before = (await outputsIn(peer)).length;
    await begin(home, 'shop');

    expect(await outputsIn(peer)).toHaveLength(before + 1);
    expect(await outputsIn(home)).toEqual([{ region: HOME }]);
  });
});

describe('what AWS wants in one Region', () => {
  const elsewhere = (name: string) => `arn:aws:sqs:${PEER}:123456789012:${name}`;
  const RoleArn = 'arn:aws:iam::123456789012:role/r';

  test('is refused elsewhere: the dead-letter queue of a target', async () => {
    const events = new EventBridgeClient(home.client);
    await events.send(
      new PutRuleCommand({ Name: 'letters', EventPattern: JSON.stringify({ source: ['x'] }) }),
    );
    const put = (region: string) =>
      events.send(
        new PutTargetsCommand({
          Rule: 'letters',
          Targets: [
            {
              Id: 'a',
              Arn: `arn:aws:sqs:${HOME}:123456789012:a`,
              DeadLetterConfig: { Arn: `arn:aws:sqs:${region}:123456789012:letters` },
            },
          ],
        }),
      );
    await expect(put(PEER)).rejects.toMatchObject({
      name: 'ValidationException',
      message: `Parameter DeadLetterConfig.Arn is not valid. Reason: ${elsewhere('letters')} is not in the Region of the rule, us-east-1.`,
    });
    expect(await put(HOME)).toMatchObject({ FailedEntryCount: 0 });
    await events.send(new RemoveTargetsCommand({ Rule: 'letters', Ids: ['a'] }));
  });

  test('is refused elsewhere: the target and the dead-letter queue of a schedule', async () => {
    const scheduler = new SchedulerClient(home.client);
    const create = (Name: string, target: object) =>
      scheduler.send(
        new CreateScheduleCommand({
          Name,
          ScheduleExpression: 'at(2099-01-01T00:00:00)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: { Arn: `arn:aws:sqs:${HOME}:123456789012:a`, RoleArn, ...target },
        }),
      );
    await expect(create('target', { Arn: elsewhere('a') })).rejects.toMatchObject({
      name: 'ValidationException',
      message: `The target ${elsewhere('a')} is not in the Region of the schedule, us-east-1.`,
    });
    const DeadLetterConfig = { Arn: elsewhere('letters') };
    await expect(create('letters', { DeadLetterConfig })).rejects.toMatchObject({
      message: `The queue ${elsewhere('letters')} is not in the Region of the schedule, us-east-1.`,
    });
    const Input = JSON.stringify({ Bucket: 'b' });
    await create('universal', { Arn: 'arn:aws:scheduler:::aws-sdk:s3:listObjectsV2', Input });
    await scheduler.send(new DeleteScheduleCommand({ Name: 'universal' }));
  });

  test('is refused elsewhere: the dead-letter queue of a subscription', async () => {
    const sns = new SNSClient(home.client);
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
    const subscribe = (queue: string, Attributes = {}) =>
      sns.send(
        new SubscribeCommand({
          TopicArn,
          Protocol: 'sqs',
          Endpoint: queue,
          Attributes,
          ReturnSubscriptionArn: true,
        }),
      );
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: elsewhere('letters') });
    const refusal = {
      name: 'InvalidParameterException',
      message: expect.stringContaining('is not in the Region of the subscription, us-east-1'),
    };
    await expect(subscribe(elsewhere('news'), { RedrivePolicy })).rejects.toMatchObject(refusal);
    // AWS delivers to queues of other Regions.
    const { SubscriptionArn } = await subscribe(elsewhere('news'));
    await expect(
      sns.send(
        new SetSubscriptionAttributesCommand({
          SubscriptionArn,
          AttributeName: 'RedrivePolicy',
          AttributeValue: RedrivePolicy,
        }),
      ),
    ).rejects.toMatchObject(refusal);
  });

  test('is refused elsewhere: the dead-letter queue of a queue', async () => {
    const deadLetterTargetArn = elsewhere('letters');
    const Attributes = {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 }),
    };
    await new SQSClient(peer.client).send(new CreateQueueCommand({ QueueName: 'letters' }));
    await expect(
      new SQSClient(home.client).send(new CreateQueueCommand({ QueueName: 'work', Attributes })),
    ).rejects.toMatchObject({ message: expect.stringContaining('target does not exist') });
  });

  test('is not reached by its ARN: a function', async () => {
    const FunctionName = home.app().functions[0]?.arn;
    await expect(
      new LambdaClient(peer.client).send(new InvokeCommand({ FunctionName })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Functions from 'us-east-1' are not reachable in this region ('us-west-2')",
    });
  });
});

describe('a Region without a stack', () => {
  const client = () => ({ ...rehearsal.client, region: 'eu-west-1' });

  test('is empty, but for what AWS has in each', async () => {
    const options = client();
    expect(
      (await new SFNClient(options).send(new ListStateMachinesCommand({}))).stateMachines,
    ).toEqual([]);
    expect(
      (await new SchedulerClient(options).send(new ListSchedulesCommand({}))).Schedules,
    ).toEqual([]);
    const { EventBuses } = await new EventBridgeClient(options).send(new ListEventBusesCommand({}));
    expect(EventBuses?.map(({ Arn }) => Arn)).toEqual([
      'arn:aws:events:eu-west-1:123456789012:event-bus/default',
    ]);
    await expect(
      new CloudFormationClient(options).send(new DescribeStacksCommand({})),
    ).resolves.toMatchObject({ Stacks: [] });
  });

  test('has what somebody makes there, and nobody else sees it', async () => {
    await new DynamoDBClient(client()).send(
      new CreateTableCommand({
        TableName: 'notes',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );
    const tables = async (options: RehearsalStack['client']) =>
      (await new DynamoDBClient(options).send(new ListTablesCommand({}))).TableNames;

    expect(await tables(client())).toEqual(['notes']);
    expect(await tables(rehearsal.client)).toEqual([home.physicalId('Items')]);
  });

  test('is refused where it is no Region', async () => {
    const options = { ...rehearsal.client, region: 'nowhere' };
    await expect(
      new SFNClient(options).send(new ListStateMachinesCommand({})),
    ).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      message: "Credential should be scoped to a valid region, not 'nowhere'.",
    });
  });
});

describe('made-up names of Regions', () => {
  let bounded: Rehearsal;
  const asked = (region: string) => {
    const options = { ...bounded.client, region };
    return new SFNClient(options).send(new ListStateMachinesCommand({}));
  };

  beforeAll(async () => {
    const root = createProject({
      'template.yaml': 'Resources: { Orders: { Type: AWS::SQS::Queue } }',
      'package.json': '{ "signalbox": { "limits": { "regions": 3 } } }',
    });
    bounded = await createRehearsal({ root, plugins: [], seeds: [], regions: [HOME, PEER] });
  });
  afterAll(() => bounded?.close());

  test('open as many Regions as the limit says, and are refused in the protocol that they speak', async () => {
    const message =
      'us-east-9 is not opened: 3 Regions are open already, as many as signalbox.limits.regions of package.json allows';
    await asked('us-east-8');
    await expect(asked('us-east-9')).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
      message,
    });
    const topics = new SNSClient({ ...bounded.client, region: 'us-east-9' });
    await expect(topics.send(new ListTopicsCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
      message,
    });
    for (const region of [HOME, PEER, 'us-east-8']) await asked(region);
  });

  test('are refused to rules as to clients: the event is lost by name', async () => {
    const events = new EventBridgeClient(bounded.client);
    await events.send(
      new PutRuleCommand({ Name: 'far', EventPattern: JSON.stringify({ source: ['far'] }) }),
    );
    const Arn = 'arn:aws:events:us-east-9:123456789012:event-bus/default';
    const RoleArn = 'arn:aws:iam::123456789012:role/r';
    await events.send(
      new PutTargetsCommand({ Rule: 'far', Targets: [{ Id: 'far', Arn, RoleArn }] }),
    );
    await bounded.putEvents([{ Source: 'far', DetailType: 'x', Detail: '{}' }]);
    await bounded.settled();

    await expect(asked('us-east-9')).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });
});
