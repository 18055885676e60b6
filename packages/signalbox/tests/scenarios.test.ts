import { describe, expect, test } from '@jest/globals';
import { playProject } from './play-project.ts';

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x } }
Resources:
  Visits:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
  Letters: { Type: AWS::SQS::Queue }
  Files: { Type: AWS::S3::Bucket }
  Doors: { Type: AWS::Events::EventBus, Properties: { Name: doors } }
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: hello
      Handler: app.handler
      Events: { Get: { Type: HttpApi, Properties: { Method: GET, Path: /hello } } }
  Welcome:
    Type: AWS::Serverless::StateMachine
    Properties:
      Policies: []
      Events:
        Arrived:
          Type: EventBridgeRule
          Properties: { Pattern: { source: [door], detail-type: [Arrived] } }
      Definition:
        StartAt: Keep
        States:
          Keep:
            Type: Task
            Resource: arn:aws:states:::dynamodb:putItem
            Parameters:
              TableName: !Ref Visits
              Item: { id: { S.$: $.detail.id }, seats: { N: '2' } }
            ResultPath: null
            Next: Ask
          Ask:
            Type: Task
            Resource: arn:aws:states:::sqs:sendMessage.waitForTaskToken
            Parameters:
              QueueUrl: !Ref Letters
              MessageBody: { token.$: $$.Task.Token }
            Next: Say
          Say:
            Type: Task
            Resource: arn:aws:states:::events:putEvents
            Parameters:
              Entries: [{ Source: house, DetailType: Welcomed, Detail: {}, EventBusName: !Ref Doors }]
            End: true
`;

const SCENARIO = {
  title: 'A visitor is welcomed',
  events: [{ source: 'door', 'detail-type': 'Arrived', detail: { id: 'v-1' } }],
  call: {
    service: 's3',
    action: 'PutObject',
    input: { Bucket: '${Files}', Key: 'visits/1.txt', Body: 'one' },
  },
  request: { api: 'ServerlessHttpApi', path: '/hello' },
  next: [
    {
      call: {
        service: 'monitoring',
        action: 'PutMetricData',
        input: { Namespace: 'House', MetricData: [{ MetricName: 'Guests', Value: 3 }] },
      },
      answer: { state: 'Ask', success: { seat: 4 } },
    },
  ],
  expect: {
    executions: [{ status: 'SUCCEEDED', path: ['Keep', 'Ask', 'Say'] }],
    tables: {
      Visits: [
        { key: { id: 'v-1' }, item: { seats: 2 } },
        { key: { id: 'v-2' }, item: null },
      ],
    },
    queues: { Letters: 1 },
    objects: { Files: ['visits/*.txt'] },
    published: { Doors: ['Welcomed'] },
    metrics: [{ namespace: 'House', sums: { Guests: 3 } }],
    mutatingCalls: [],
  },
};

const play = (scenario: object) =>
  playProject({
    'template.yaml': TEMPLATE,
    'hello/app.js': "exports.handler = async () => ({ statusCode: 200, body: 'hello' });\n",
    'scenarios/visits/welcome.json': JSON.stringify(scenario, null, 2),
  });

describe('a scenario of a project without plug-ins', () => {
  test('puts, calls, requests and returns, and finds what came of it', async () => {
    const { exitCode, stdout } = await play(SCENARIO);
    expect(stdout).toMatch(
      /^ok +A visitor is welcomed .*\n1 of 1 scenarios ended as they should\n$/,
    );
    expect(exitCode).toBe(0);
  });

  test('shows for each expectation what there is instead', async () => {
    const { exitCode, lines } = await play({
      ...SCENARIO,
      request: { api: 'ServerlessHttpApi', path: '/hello', status: 404 },
      call: { service: 's3', action: 'GetObject', input: { Bucket: '${Files}', Key: 'none' } },
      expect: {
        executions: [{ status: 'FAILED', lastState: 'Say' }],
        tables: { Visits: [{ key: { id: 'v-1' }, item: { seats: 3 } }] },
        queues: { Letters: 0 },
        objects: { Files: ['*.txt'] },
        published: { Doors: [] },
        metrics: [{ namespace: 'House', sums: { Guests: 4 } }],
      },
    });
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^the call s3:GetObject failed: got NoSuchKey: /),
        'GET /hello of ServerlessHttpApi: expected 404, got 200 hello',
        expect.stringMatching(
          /^expected an execution FAILED in Say; nearest: of \S+ SUCCEEDED in Say/,
        ),
        'item {"id":"v-1"} of Visits: expected {"seats":3}, got {"id":"v-1","seats":2}',
        'messages in Letters: expected 0, got 1',
        'object *.txt in Files: got none',
        'events published on Doors: expected none, got Welcomed',
        'metric Guests: expected 4, got 3',
        '0 of 1 scenarios ended as they should',
      ]),
    );
    expect(exitCode).toBe(1);
  });

  test('takes results of tasks from a file of mocks, by its test case or Default', async () => {
    const seated = { Ask: 'Seated' };
    const mocks = {
      StateMachines: { Welcome: { TestCases: { Default: { Ask: 'Full' }, Seated: seated } } },
      MockedResponses: {
        Seated: { '0': { Return: { seat: 4 } } },
        Full: { '0': { Throw: { Error: 'Full', Cause: 'no seat' } } },
      },
    };
    const scenario = (order: number, title: string, given: object, expected: object): string =>
      JSON.stringify({ order, title, ...given, events: SCENARIO.events, expect: expected });
    const failed = { executions: [{ status: 'FAILED', lastState: 'Ask' }] };
    const succeeded = {
      executions: [{ status: 'SUCCEEDED', lastState: 'Say' }],
      queues: { Letters: 0 },
    };
    const named = (testCase: string) => ({ mocks: { file: 'mocks.json', testCase } });

    const { lines, exitCode } = await playProject({
      'template.yaml': TEMPLATE,
      'hello/app.js': "exports.handler = async () => ({ statusCode: 200, body: 'hello' });\n",
      'mocks/mocks.json': JSON.stringify(mocks),
      'scenarios/visits/1.json': scenario(1, 'A seat', named('Seated'), succeeded).replace(
        'mocks.json',
        '../../mocks/mocks.json',
      ),
      'scenarios/visits/2.json': scenario(
        2,
        'No seat',
        { mocks: { file: '../../mocks/mocks.json' } },
        failed,
      ),
    });

    expect(lines).toContain('2 of 2 scenarios ended as they should');
    expect(exitCode).toBe(0);
  });

  test('names the test case that no machine has', async () => {
    const { stdout, stderr, exitCode } = await playProject({
      'template.yaml': TEMPLATE,
      'hello/app.js': "exports.handler = async () => ({ statusCode: 200, body: 'hello' });\n",
      'mocks.json': '{ "StateMachines": {}, "MockedResponses": {} }',
      'scenarios/visits/1.json': JSON.stringify({
        title: 'A seat',
        mocks: { file: '../../mocks.json', testCase: 'Seated' },
        expect: {},
      }),
    });

    expect(stdout + stderr).toContain("No state machine of the template has a test case 'Seated'");
    expect(exitCode).toBe(1);
  });

  test('is refused with all that is wrong in it, each with its line and what to write', async () => {
    const { exitCode, stderr } = await play({
      titel: 'A visitor',
      evens: [],
      request: { api: 'ServerlessHttpApi', path: 'hello', states: 200 },
      next: [{ after: 'Ask', decide: {} }, 7, { answer: { state: 'Ask' } }],
      expect: { stock: {}, queues: { Letters: 'one' }, executions: [{ lastStates: 'Say' }] },
    });
    const file = 'scenarios/visits/welcome.json';
    expect(stderr.split('\n')).toEqual([
      `${file}:1: title: Missing: write a text`,
      `${file}:14: next[1]: Write an object`,
      `${file}:6: request.path: Write a path that begins with a slash`,
      `${file}:7: request.states: Unknown field: did you mean status?`,
      `${file}:2: titel: Unknown field: did you mean title?`,
      `${file}:3: evens: Unknown field: did you mean events?`,
      expect.stringMatching(
        /^scenarios\/visits\/welcome\.json:12: next\[0\]\.decide: Unknown field: the fields are after, alarm, /,
      ),
      `${file}:11: next[0].after: Write a call such as rds:FailoverDBCluster`,
      `${file}:16: next[2].answer: Write {"state", "success": output} or {"state", "failure": {"error", "cause"}}`,
      `${file}:27: expect.executions[0].status: Missing: write a text`,
      `${file}:28: expect.executions[0].lastStates: Unknown field: did you mean lastState?`,
      `${file}:24: expect.queues.Letters: Write a number`,
      expect.stringMatching(
        /welcome\.json:22: expect\.stock: Unknown field: the fields are deadLetters, /,
      ),
      '',
    ]);
    expect(exitCode).toBe(2);
  });
});
