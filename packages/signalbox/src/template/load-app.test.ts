import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isJsonObject } from '../core/json.ts';
import type { App } from './app.ts';
import { appOf, loadTemplate, type ProjectFiles, problemsOf } from './temporary-project.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');

const SHOP = fixture('shop.template.yaml');
const FILES: ProjectFiles = {
  'functions/handler.ts': 'export const handler = async () => undefined;\n',
  'statemachines/machine.asl.yaml': fixture('machine.asl.yaml'),
};

function shop(overrides: Readonly<Record<string, string>> = {}): App {
  return appOf(SHOP, overrides, FILES);
}

function named<T extends { readonly logicalId: string }>(list: readonly T[], logicalId: string): T {
  const found = list.find((item) => item.logicalId === logicalId);
  if (found === undefined) throw new Error(`There is no ${logicalId}`);
  return found;
}

const ACCOUNT = 'eu-west-1:123456789012';

describe('loadApp()', () => {
  test('expands the template to the resources that aws-sam-translator 1.110.0 makes', () => {
    const resources = shop({ Environment: 'prod' }).resources.map(
      ({ logicalId, type }) => `${logicalId} ${type}`,
    );

    expect(resources.toSorted()).toEqual(fixture('shop.expanded.txt').trim().split('\n'));
  });

  test('leaves out what a condition leaves out', () => {
    const ids = shop().resources.map(({ logicalId }) => logicalId);

    expect(ids).not.toContain('ProdOnly');
    expect(ids).not.toContain('ProdOnlyRole');
    expect(ids).not.toContain('ProdOnlyGetPermission');
    expect(Object.keys(shop().outputs)).not.toContain('ProdOnlyArn');
    expect(Object.keys(shop({ Environment: 'prod' }).outputs)).toContain('ProdOnlyArn');
  });

  test('reads functions with Globals, defaults and build properties', () => {
    const submit = named(shop().functions, 'Submit');

    expect(submit).toEqual({
      logicalId: 'Submit',
      path: 'Submit',
      name: 'shop-Submit',
      arn: `arn:aws:lambda:${ACCOUNT}:function:shop-Submit`,
      roleArn: 'arn:aws:iam::123456789012:role/shop-SubmitRole',
      codeUri: 'functions',
      handler: 'handler.handler',
      runtime: 'nodejs24.x',
      timeoutSeconds: 5,
      memoryMb: 128,
      environment: {
        ENVIRONMENT: 'dev',
        TABLE: 'shop-Table',
        SETTING: '5',
        PAY: 'https://pay.example.com',
      },
      reservedConcurrency: undefined,
      logGroup: '/shop/logs',
      build: {
        entryPoints: ['handler.ts'],
        minify: true,
        target: 'es2020',
        format: 'esm',
        sourcemap: false,
        keepNames: false,
        mainFields: ['main', 'module'],
        external: [],
        banner: {},
        outExtension: { '.js': '.mjs' },
      },
      deadLetterArn: `arn:aws:sqs:${ACCOUNT}:shop-DeadLetters`,
      asyncInvocation: {
        maximumRetryAttempts: 1,
        maximumEventAgeSeconds: 21_600,
        onSuccessArn: undefined,
        onFailureArn: `arn:aws:sqs:${ACCOUNT}:shop-SubmitEventInvokeConfigOnFailureQueue`,
      },
      place: { file: 'template.yaml', line: SHOP.split('\n').indexOf('  Submit:') + 1 },
    });
    const prod = named(shop({ Environment: 'prod' }).functions, 'Submit');
    expect([prod.memoryMb, prod.reservedConcurrency]).toEqual([512, 20]);
    expect(named(shop().functions, 'Worker').logGroup).toBe('/aws/lambda/shop-Worker');
  });

  test('reads queues with their attributes and policies', () => {
    const { queues } = shop();
    const deadLetterTargetArn = `arn:aws:sqs:${ACCOUNT}:shop-DeadLetters`;

    expect(named(queues, 'Queue')).toEqual({
      logicalId: 'Queue',
      name: 'shop-queue',
      arn: `arn:aws:sqs:${ACCOUNT}:shop-queue`,
      url: 'http://127.0.0.1:4700/123456789012/shop-queue',
      fifo: false,
      attributes: {
        VisibilityTimeout: '60',
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 }),
      },
    });
    expect(named(queues, 'FifoQueue')).toMatchObject({
      name: 'shop-FifoQueue.fifo',
      fifo: true,
      attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' },
    });
    expect(JSON.parse(named(queues, 'DeadLetters').attributes['Policy'] ?? '')).toMatchObject({
      Statement: [{ Action: 'sqs:SendMessage', Resource: deadLetterTargetArn }],
    });
    expect(
      JSON.parse(named(queues, 'MachineDeadLetters').attributes['Policy'] ?? ''),
    ).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'events.amazonaws.com' },
          Condition: {
            ArnEquals: { 'aws:SourceArn': `arn:aws:events:${ACCOUNT}:rule/shop-bus/placed` },
          },
        },
      ],
    });
  });

  test('reads rules, those of events among them', () => {
    const { rules } = shop();

    expect(named(rules, 'MachinePlaced')).toMatchObject({
      name: 'placed',
      arn: `arn:aws:events:${ACCOUNT}:rule/shop-bus/placed`,
      eventBusName: 'shop-bus',
      state: 'DISABLED',
      eventPattern: { source: ['shop'], 'detail-type': ['Placed'] },
      targets: [
        {
          id: 'machine',
          arn: `arn:aws:states:${ACCOUNT}:stateMachine:shop-Machine`,
          roleArn: 'arn:aws:iam::123456789012:role/shop-MachinePlacedRole',
          inputPath: '$.detail',
          deadLetterArn: `arn:aws:sqs:${ACCOUNT}:shop-MachineDeadLetters`,
          maximumRetryAttempts: 4,
          maximumEventAgeSeconds: 86_400,
        },
      ],
    });
    expect(named(rules, 'MachineHourly')).toMatchObject({
      arn: `arn:aws:events:${ACCOUNT}:rule/shop-MachineHourly`,
      eventBusName: 'default',
      scheduleExpression: 'rate(1 hour)',
      targets: [{ id: 'MachineHourlyStepFunctionsTarget', input: '{}', maximumRetryAttempts: 185 }],
    });
    expect(named(rules, 'PlainRule').targets).toMatchObject([
      {
        id: 'queue',
        inputTransformer: { inputPathsMap: { id: '$.detail.id' }, inputTemplate: '{"id": <id>}' },
        deadLetterArn: undefined,
      },
      { id: 'function', maximumRetryAttempts: 2, maximumEventAgeSeconds: 60 },
    ]);
    expect(named(rules, 'SubmitDaily')).toMatchObject({
      state: 'DISABLED',
      targets: [{ id: 'SubmitDailyLambdaTarget', roleArn: undefined }],
    });
  });

  test('reads state machines with their substitutions and lines', () => {
    const machine = named(shop().stateMachines, 'Machine');

    expect(machine).toMatchObject({
      name: 'shop-Machine',
      type: 'STANDARD',
      roleArn: 'arn:aws:iam::123456789012:role/shop-MachineRole',
      definitionFile: 'statemachines/machine.asl.yaml',
      definition: {
        StartAt: 'Charge',
        States: {
          Charge: {
            Resource: `arn:aws:lambda:${ACCOUNT}:function:shop-Submit`,
            TimeoutSeconds: 300,
          },
        },
      },
    });
    expect(machine.lineOf('States.Charge.Retry[0]')).toBe(8);
    expect(machine.lineOf('States.Is it v1.0?.Type')).toBe(11);

    const express = named(shop().stateMachines, 'Express');
    expect(express).toMatchObject({
      type: 'EXPRESS',
      roleArn: 'arn:aws:iam::123456789012:role/shop/shop-WorkerRole',
      definitionFile: 'template.yaml',
      definition: {
        States: { Go: { Resource: `arn:aws:lambda:${ACCOUNT}:function:shop-Submit` } },
      },
    });
    expect(express.lineOf('States.Go')).toBe(
      SHOP.split('\n').findIndex((line) => line.includes('Go: { Type: Task')) + 1,
    );
  });

  test('reads buckets and activities', () => {
    const app = appOf(`Resources:
  Archive:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration: { Status: Enabled }
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } }
  Approve: { Type: AWS::StepFunctions::Activity }
`);

    expect(app.buckets).toEqual([
      {
        logicalId: 'Archive',
        name: 'shop-archive',
        arn: 'arn:aws:s3:::shop-archive',
        isVersioned: true,
        notifiesEventBridge: true,
      },
    ]);
    expect(app.activities).toMatchObject([{ name: 'shop-Approve' }]);
  });

  test('reads buses, archives, topics, tables, parameters and mappings', () => {
    const app = shop();

    expect(app.eventBuses).toEqual([
      { logicalId: 'Bus', name: 'shop-bus', arn: `arn:aws:events:${ACCOUNT}:event-bus/shop-bus` },
    ]);
    expect(app.archives).toMatchObject([
      {
        name: 'shop-Archive',
        eventBusName: 'shop-bus',
        retentionDays: 7,
        eventPattern: { source: ['shop'] },
      },
    ]);
    expect(app.topics).toEqual([
      {
        logicalId: 'Topic',
        attributes: {},
        name: 'shop-Topic',
        arn: `arn:aws:sns:${ACCOUNT}:shop-Topic`,
        subscriptions: [
          { protocol: 'sqs', endpoint: `arn:aws:sqs:${ACCOUNT}:shop-queue`, attributes: {} },
          {
            protocol: 'lambda',
            endpoint: `arn:aws:lambda:${ACCOUNT}:function:shop-Submit`,
            attributes: {},
          },
        ],
      },
    ]);
    expect(named(app.tables, 'Table')).toEqual({
      logicalId: 'Table',
      name: 'shop-Table',
      arn: `arn:aws:dynamodb:${ACCOUNT}:table/shop-Table`,
      createTable: {
        TableName: 'shop-Table',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      },
      timeToLiveAttribute: 'expiresAt',
      stream: undefined,
      isDeletionProtected: false,
      isRecoverable: false,
      settings: { SSESpecification: { Enabled: true } },
      replicas: [],
      place: { file: 'template.yaml', line: SHOP.split('\n').indexOf('  Table:') + 1 },
    });
    expect(named(app.tables, 'Simple').createTable).toMatchObject({
      AttributeDefinitions: [{ AttributeName: 'sku', AttributeType: 'N' }],
    });
    expect(app.ssmParameters).toEqual([
      { logicalId: 'Setting', name: '/shop/limit', type: 'String', value: '5' },
    ]);
    expect(named(app.eventSourceMappings, 'WorkerPoll')).toEqual({
      logicalId: 'WorkerPoll',
      uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      functionName: 'shop-Worker',
      sourceArn: `arn:aws:sqs:${ACCOUNT}:shop-queue`,
      batchSize: 5,
      filters: [],
      enabled: true,
      reportBatchItemFailures: true,
      maximumConcurrency: 2,
      stream: undefined,
    });
    expect(named(app.eventSourceMappings, 'PlainMapping')).toMatchObject({
      functionName: 'shop-Submit',
      batchSize: 10,
      enabled: false,
    });
    expect(app.parameters).toEqual({
      Environment: 'dev',
      ProviderUrl: 'https://pay.example.com',
      ShipTimeout: '300',
      Token: '****',
    });
    expect(app.sources).toEqual(['template.yaml', 'statemachines/machine.asl.yaml']);
  });

  test('generates the same secret at each reading, within its rules', () => {
    const [secret] = shop().secrets;

    expect(secret?.arn).toMatch(
      /^arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop-Secret-[0-9a-f]{6}$/,
    );
    expect(JSON.parse(secret?.secretString ?? '')).toEqual({
      user: 'shop',
      password: expect.stringMatching(/^[a-zA-Z0-9]{20}$/),
    });
    expect(shop().secrets).toEqual([secret]);
  });

  test('reads the routes of the implicit API and of a declared one', () => {
    const { httpApis } = shop({ Environment: 'prod' });

    expect(named(httpApis, 'ServerlessHttpApi')).toEqual({
      logicalId: 'ServerlessHttpApi',
      path: 'ServerlessHttpApi',
      id: expect.stringMatching(/^[0-9a-f]{10}$/),
      routes: [
        { method: 'POST', path: '/orders', functionName: 'shop-Submit', authorizer: 'NONE' },
        { method: 'GET', path: '/prod', functionName: 'shop-ProdOnly', authorizer: 'NONE' },
      ],
    });
    expect(named(httpApis, 'Api').routes).toEqual([
      { method: 'ANY', path: '$default', functionName: 'shop-Submit', authorizer: 'NONE' },
    ]);
    expect(named(shop().httpApis, 'ServerlessHttpApi').routes).toHaveLength(1);
  });

  test('collects the statements of roles from everywhere', () => {
    const actions = (logicalId: string): readonly unknown[] =>
      named(shop().roles, logicalId).statements.map((statement) =>
        isJsonObject(statement) ? statement['Action'] : undefined,
      );

    expect(actions('WorkerRole')).toEqual([
      'sns:Publish',
      expect.arrayContaining(['sqs:ReceiveMessage']),
      'sqs:SendMessage',
    ]);
    expect(actions('SubmitRole')).toEqual([
      ['sqs:SendMessage'],
      ['sqs:SendMessage'],
      'dynamodb:PutItem',
      expect.arrayContaining(['logs:PutLogEvents']),
      expect.arrayContaining(['xray:PutTraceSegments']),
      'events:PutEvents',
    ]);
    expect(actions('MachinePlacedRole')).toEqual([['states:StartExecution']]);
  });

  test('says all that is wrong at once, in the order of the lines', () => {
    const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Queue:
    Type: AWS::SQS::Quue
  Table:
    Type: AWS::DynamoDB::Table
    Properties: { TableNam: x, AttributeDefinitions: [], KeySchema: [] }
  Fn:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: src, Handler: a.b, Runtime: python3.13 }
`;
    expect(problemsOf(template)).toEqual([
      'template.yaml:4: The rehearsal knows no resource type AWS::SQS::Quue: did you mean AWS::SQS::Queue?',
      'template.yaml:7: AWS::DynamoDB::Table Table has no TableNam that the rehearsal knows: did you mean TableName?',
      'template.yaml:10: AWS::Lambda::Function Fn: CodeUri src is no directory',
    ]);
  });

  test('says that the template is missing', () => {
    expect(problemsOf('', {}, {})).toEqual([
      'template.yaml:1: A template is a map with a Resources section',
    ]);
  });

  test('returns problems with lines, and never throws, whatever a line is replaced by', () => {
    const lines = SHOP.split('\n');
    const junk = fc.constantFrom(
      '',
      '[]',
      '{}',
      '5',
      '~',
      '!Ref X',
      '!Sub [a]',
      '{ Fn::If: [IsProd] }',
      '[null]',
    );
    const change = fc.record({ at: fc.nat(lines.length - 1), value: junk });
    fc.assert(
      fc.property(change, ({ at, value }) => {
        const line = lines[at] ?? '';
        const colon = line.indexOf(':');
        const changed = colon < 0 ? value : `${line.slice(0, colon + 1)} ${value}`;
        const result = loadTemplate(lines.with(at, changed).join('\n'), {}, FILES);

        if (!result.ok)
          expect(result.problems.filter(({ line }) => line === undefined)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('reads a template in JSON', () => {
    const app = appOf('{"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}');

    expect(app.queues.map(({ name }) => name)).toEqual(['shop-Queue']);
  });

  test.each([
    [
      'Resources: { Queue: { Type: AWS::SQS::Queue } }\nHooks: {}',
      2,
      'The rehearsal knows no section Hooks',
    ],
    ['Outputs: {}', 1, 'A template needs a Resources section'],
    ['Transform: AWS::Include\nResources: {}', 1, 'The rehearsal runs no transform AWS::Include'],
    [
      'Resources:\n  F: { Type: AWS::Serverless::SimpleTable }',
      2,
      'AWS::Serverless::SimpleTable needs the SAM transform: write Transform: AWS::Serverless-2016-10-31',
    ],
    ['Resources:\n  Q: { Typ: AWS::SQS::Queue }', 2, 'Q needs a Type'],
    ['Resources:\n  Q: AWS::SQS::Queue', 2, 'Q must be a resource: a map with a Type'],
    [
      'Resources:\n  Q-1: { Type: AWS::SQS::Queue }',
      2,
      'Logical id Q-1 may hold letters and digits only',
    ],
    [
      'Resources:\n  Q: { Type: AWS::SQS::Queue, Depends: X }',
      2,
      'Q: the rehearsal knows no resource attribute Depends: did you mean DependsOn?',
    ],
    ['Resources:\n  Q: { Type: AWS::SQS::Queue, Condition: C }', 2, 'C is not in Conditions'],
    [
      'Resources:\n  B: { Type: AWS::EC2::Instance }',
      2,
      'The rehearsal knows no resource type AWS::EC2::Instance',
    ],
    [
      'Resources:\n  A: { Type: AWS::SQS::Queue, Properties: { QueueName: !GetAtt B.QueueName } }\n  B: { Type: AWS::SQS::Queue, Properties: { QueueName: !GetAtt A.QueueName } }',
      2,
      'Circular dependency between the names of resources: A, B',
    ],
    [
      'Resources:\n  A: { Type: AWS::SQS::Queue, Properties: { QueueName: q } }\n  B: { Type: AWS::SQS::Queue, Properties: { QueueName: q } }',
      3,
      'B has the name of A: give it one of its own',
    ],
    [
      'Resources: { Q: { Type: AWS::SQS::Queue } }\nOutputs:\n  O: { Valeu: x, Value: y }',
      3,
      'Output O has no Valeu that the rehearsal knows: did you mean Value?',
    ],
    [
      'Resources: { Q: { Type: AWS::SQS::Queue } }\nOutputs:\n  O: {}',
      3,
      'Output O needs a Value: a string',
    ],
  ])('refuses %j', (template, line, message) => {
    const problems = problemsOf(template).filter((problem) =>
      problem.startsWith(`template.yaml:${line}: ${message}`),
    );

    expect(problems).toHaveLength(1);
  });
});
