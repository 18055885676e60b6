import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  EventBridgeClient,
  ListEventBusesCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
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
