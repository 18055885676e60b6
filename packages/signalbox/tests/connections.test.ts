import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import {
  CreateApiDestinationCommand,
  CreateConnectionCommand,
  DeauthorizeConnectionCommand,
  DeleteConnectionCommand,
  DescribeApiDestinationCommand,
  DescribeConnectionCommand,
  EventBridgeClient,
  ListApiDestinationsCommand,
  ListConnectionsCommand,
  ListTargetsByRuleCommand,
  UpdateConnectionCommand,
} from '@aws-sdk/client-eventbridge';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createRehearsal, type Rehearsal } from '../src/create-rehearsal.ts';
import { createProject } from '../src/template/temporary-project.ts';

/** A request as the API saw it. */
interface Seen {
  readonly request: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

let server: Server;
let rehearsal: Rehearsal;
let seen: Seen[] = [];
/** The status of each answer in turn; 200 afterwards. */
let statuses: number[] = [];

const template = (api: string): string => `
Resources:
  Key:
    Type: AWS::Events::Connection
    Properties:
      Name: shop
      AuthorizationType: API_KEY
      AuthParameters:
        ApiKeyAuthParameters: { ApiKeyName: X-Key, ApiKeyValue: k }
        InvocationHttpParameters:
          QueryStringParameters: [{ Key: version, Value: '2' }]
          BodyParameters: [{ Key: shop, Value: s, IsValueSecret: true }]
  Orders:
    Type: AWS::Events::ApiDestination
    Properties:
      ConnectionArn: !GetAtt Key.Arn
      HttpMethod: POST
      InvocationEndpoint: '${api}/orders/*'
      InvocationRateLimitPerSecond: 1
  Letters: { Type: AWS::SQS::Queue }
  Placed:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [shop] }
      Targets:
        - Id: api
          Arn: !GetAtt Orders.Arn
          RoleArn: arn:aws:iam::123456789012:role/call
          InputPath: $.detail
          HttpParameters:
            PathParameterValues: [a/b]
            HeaderParameters: { X-Trace: t }
          DeadLetterConfig: { Arn: !GetAtt Letters.Arn }
          RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600 }
  Caller:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/run
      Definition:
        StartAt: Call
        States:
          Call:
            Type: Task
            Resource: arn:aws:states:::http:invoke
            Parameters:
              ApiEndpoint: '${api}/stock'
              Method: GET
              Authentication: { ConnectionArn: !GetAtt Key.Arn }
            End: true
`;

beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString();
      const { method, url, headers } = request;
      seen.push({ request: `${method} ${url}`, headers, body: text && JSON.parse(text) });
      response.writeHead(statuses.shift() ?? 200, { 'content-type': 'application/json' });
      response.end('{"ok":true}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const root = createProject({ 'template.yaml': template(`http://127.0.0.1:${port}`) });
  rehearsal = await createRehearsal({ root, plugins: [], seeds: [], strict: true });
});
afterAll(async () => {
  await rehearsal?.close();
  server?.close();
});
beforeEach(() => {
  seen = [];
  statuses = [];
});

async function place(...details: readonly object[]): Promise<void> {
  const entries = details.map((detail) => ({
    Source: 'shop',
    DetailType: 'OrderPlaced',
    Detail: JSON.stringify(detail),
  }));
  await rehearsal.putEvents(entries);
  await rehearsal.settled();
}

async function deadLetters() {
  const { client } = rehearsal;
  const { Messages = [] } = await new SQSClient(client).send(
    new ReceiveMessageCommand({
      QueueUrl: rehearsal.physicalId('Letters'),
      MessageAttributeNames: ['All'],
      WaitTimeSeconds: 0,
    }),
  );
  return Messages.map(({ MessageAttributes = {} }) =>
    Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]),
    ),
  );
}

describe('an API destination', () => {
  test('is called with what its rule and its connection say', async () => {
    await place({ orderId: 'o1' });

    expect(seen).toEqual([
      {
        request: 'POST /orders/a%2Fb?version=2',
        headers: expect.objectContaining({
          'x-key': 'k',
          'x-trace': 't',
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'Amazon/EventBridge/ApiDestinations',
        }),
        body: { orderId: 'o1', shop: 's' },
      },
    ]);
  });

  test('is called again after 503 and 429, and not more often than it may be', async () => {
    statuses = [503, 429];
    const before = rehearsal.now().getTime();
    await place({ orderId: 'o2' }, { orderId: 'o3' }, { orderId: 'o4' });

    expect(seen).toHaveLength(5);
    expect(rehearsal.now().getTime() - before).toBeGreaterThanOrEqual(4_000);
    expect(await deadLetters()).toEqual([]);
  });

  test('leaves a dead letter after a refusal', async () => {
    statuses = [404];
    await place({ orderId: 'o5' });

    expect(seen).toHaveLength(1);
    expect(await deadLetters()).toEqual([
      expect.objectContaining({
        ERROR_CODE: 'SDK_CLIENT_ERROR',
        ERROR_MESSAGE: expect.stringContaining('404'),
        RETRY_ATTEMPTS: '0',
      }),
    ]);
  });

  test('shows its target and itself over the API', async () => {
    const events = new EventBridgeClient(rehearsal.client);
    const { Targets = [] } = await events.send(
      new ListTargetsByRuleCommand({ Rule: rehearsal.physicalId('Placed') }),
    );
    expect(Targets[0]?.HttpParameters).toEqual({
      PathParameterValues: ['a/b'],
      HeaderParameters: { 'X-Trace': 't' },
      QueryStringParameters: {},
    });
    const Name = rehearsal.physicalId('Orders');
    expect(await events.send(new DescribeApiDestinationCommand({ Name }))).toMatchObject({
      ApiDestinationState: 'ACTIVE',
      ApiDestinationArn: Targets[0]?.Arn,
      InvocationRateLimitPerSecond: 1,
    });
  });
});

test('an HTTP Task uses a connection of the template', async () => {
  const states = new SFNClient(rehearsal.client);
  const { executionArn } = await states.send(
    new StartExecutionCommand({ stateMachineArn: rehearsal.physicalId('Caller') }),
  );
  await rehearsal.settled();

  const { status, output = '' } = await states.send(new DescribeExecutionCommand({ executionArn }));
  expect(status).toBe('SUCCEEDED');
  expect(JSON.parse(output)).toMatchObject({ ResponseBody: { ok: true }, StatusCode: 200 });
  expect(seen).toMatchObject([{ request: 'GET /stock?version=2', headers: { 'x-key': 'k' } }]);
});

describe('connections over the API', () => {
  const Name = 'mine';
  const basic = { BasicAuthParameters: { Username: 'u', Password: 'p' } };
  let events: EventBridgeClient;

  beforeEach(() => {
    events = new EventBridgeClient(rehearsal.client);
  });
  afterEach(async () => {
    await events.send(new DeleteConnectionCommand({ Name })).catch(() => undefined);
  });

  const create = () =>
    events.send(
      new CreateConnectionCommand({ Name, AuthorizationType: 'BASIC', AuthParameters: basic }),
    );

  test('are made, shown without what is secret, changed and deauthorized', async () => {
    const { ConnectionArn, ConnectionState } = await create();
    expect(ConnectionState).toBe('AUTHORIZED');
    expect(ConnectionArn).toMatch(/:connection\/mine\/[0-9a-f-]{36}$/);
    await events.send(
      new CreateApiDestinationCommand({
        Name: 'theirs',
        ConnectionArn,
        HttpMethod: 'GET',
        InvocationEndpoint: 'https://theirs.example/*',
      }),
    );

    expect(await events.send(new DescribeConnectionCommand({ Name }))).toMatchObject({
      AuthParameters: { BasicAuthParameters: { Username: 'u' } },
      SecretArn: expect.stringContaining(`:secret:events!connection/mine/`),
    });
    await events.send(
      new UpdateConnectionCommand({
        Name,
        AuthParameters: { BasicAuthParameters: { Username: 'v' } },
      }),
    );
    await events.send(new DeauthorizeConnectionCommand({ Name }));
    const { Connections = [] } = await events.send(new ListConnectionsCommand({ NamePrefix: 'm' }));
    expect(Connections).toMatchObject([{ Name, ConnectionState: 'DEAUTHORIZED' }]);
    expect(await events.send(new ListApiDestinationsCommand({ ConnectionArn }))).toMatchObject({
      ApiDestinations: [{ Name: 'theirs', ApiDestinationState: 'INACTIVE' }],
    });
  });

  test('are refused where they are there already, are none, or fit no type', async () => {
    await create();
    await expect(create()).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
    await expect(
      events.send(new DescribeConnectionCommand({ Name: 'none' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(
      events.send(
        new CreateConnectionCommand({
          Name: 'wrong',
          AuthorizationType: 'API_KEY',
          AuthParameters: basic,
        }),
      ),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
