import { describe, expect, test } from '@jest/globals';
import { appOf, problemsOf } from '../temporary-project.ts';

const FILES = { 'src/handler.ts': 'export const handler = () => undefined;\n' };
const HEAD = `Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, CodeUri: src, Handler: handler.handler } }
Resources:
  Queue: { Type: AWS::SQS::Queue }
`;

function functionWith(properties: string): string {
  return `${HEAD}  F:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [handler.ts] } }
    Properties:
      ${properties}
`;
}

function machineWith(properties: string): string {
  return `${HEAD}  M:
    Type: AWS::Serverless::StateMachine
    Metadata: { Note: none }
    Properties:
      Definition: { StartAt: A, States: { A: { Type: Succeed } } }
      ${properties}
`;
}

const rule = (config: string): string =>
  `Events: { E: { Type: EventBridgeRule, Properties: { Pattern: { source: [a] }, ${config} } } }`;

describe('expandFunction()', () => {
  test.each([
    [
      'DurableConfig: {}',
      'AWS::Serverless::Function F: the rehearsal does not support DurableConfig: it runs no durable functions',
    ],
    [
      'Timout: 3',
      'AWS::Serverless::Function F has no Timout that the rehearsal knows: did you mean Timeout?',
    ],
    [
      'Policies: [{ DynamoDBCrudPolicies: { TableName: t } }]',
      'F: the rehearsal knows no policy template DynamoDBCrudPolicies: write its statements out, as exact actions on exact ARNs',
    ],
    [
      'Policies: AWSXrayWriteOnlyAcces',
      'The rehearsal does not know the AWS managed policy AWSXrayWriteOnlyAcces: write its statements out: did you mean AWSXrayWriteOnlyAccess?',
    ],
    [
      'Policies: [arn:aws:iam::aws:policy/PowerUserAccess]',
      'The rehearsal does not know the managed policy arn:aws:iam::aws:policy/PowerUserAccess: write its statements out',
    ],
    [
      'Events: { E: { Type: S4, Properties: {} } }',
      'F event E: the rehearsal plays no S4 events, only Api, CloudWatchEvent, DynamoDB, EventBridgeRule, HttpApi, Schedule, ScheduleV2, S3, SNS, SQS',
    ],
    [
      'Events: { E: { Type: Cognito, Properties: {} } }',
      'F event E: the rehearsal plays no Cognito events',
    ],
    ['Events: { E: { Type: SNS, Properties: {} } }', "F event E needs a Topic: the topic's ARN"],
    [
      'Events: { E: { Type: S3, Properties: { Bucket: !Ref Queue, Events: a } } }',
      'F: the Bucket of an S3 event is a Ref to a bucket of this template',
    ],
    ['Events: { E: { Type: ScheduleV2, Properties: {} } }', 'F event E needs a ScheduleExpression'],
    [
      'Events: { E: { Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 day), Name: a, OmitName: true } } }',
      'F event E: Name cannot be set when OmitName is True',
    ],
    [
      'Events: { E: { Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 day), DeadLetterConfig: {} } } }',
      'DeadLetterConfig of event E needs either an Arn or a Type',
    ],
    [
      'Events: { E: { Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 day), DeadLetterConfig: { Type: SNS } } } }',
      "DeadLetterConfig of event E: The only valid value for 'Type' property of DeadLetterConfig is 'SQS'",
    ],
    ['Events: { E: { Properties: {} } }', 'F event E needs a Type'],
    ['Events: []', 'F: Events is a map of names'],
    ['Events: { E: { Type: SQS, Properties: { BatchSize: 1 } } }', 'F event E needs a Queue'],
    [
      'Events: { E: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn, BatchSiz: 1 } } }',
      'F event E has no BatchSiz that the rehearsal knows: did you mean BatchSize?',
    ],
    [
      'Events: { E: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn, FilterCriteria: { Filters: [{ Pattern: x }] } } } }',
      'AWS::Lambda::EventSourceMapping FE FilterCriteria Filters: Pattern is the JSON text of an event pattern',
    ],
    ['Events: { E: { Type: DynamoDB, Properties: {} } }', 'F event E needs a Stream'],
    [
      'Events: { E: { Type: DynamoDB, Properties: { Stream: "arn:aws:dynamodb:eu-west-1:1:table/T/stream/x" } } }',
      'AWS::Lambda::EventSourceMapping FE: it needs a StartingPosition: LATEST or TRIM_HORIZON',
    ],
    [
      'Events: { E: { Type: DynamoDB, Properties: { Stream: "arn:aws:dynamodb:eu-west-1:1:table/T/stream/x", StartingPosition: LATEST, ParallelizationFactor: 2 } } }',
      'AWS::Lambda::EventSourceMapping FE: the rehearsal does not support ParallelizationFactor: it hands the batches of a stream over one after the other',
    ],
    [
      'Events: { E: { Type: HttpApi, Properties: { Path: /a } } }',
      'F event E needs both a Path and a Method, or neither for every request',
    ],
    [
      'Events: { E: { Type: HttpApi, Properties: { Path: /a, Method: GETT } } }',
      'F event E: GETT is no HTTP method',
    ],
    [
      'Events: { E: { Type: HttpApi, Properties: { Path: /a, Method: GET, PayloadFormatVersion: "1.0" } } }',
      'F event E: the rehearsal speaks PayloadFormatVersion 2.0 only',
    ],
    [
      'Events: { E: { Type: HttpApi, Properties: { Path: /a, Method: GET, ApiId: !Ref Queue } } }',
      'F: ApiId Queue is no AWS::Serverless::HttpApi of this template',
    ],
    [
      'Events: { E: { Type: HttpApi, Properties: { Path: /a, Method: GET, Auth: { Authorizer: Own } } } }',
      'F: the API has no Authorizer Own',
    ],
    [
      'Events: { E: { Type: HttpApi, Properties: { Path: /a, Method: GET, Auth: { Authorizer: AWS_IAM } } } }',
      'F: Authorizer AWS_IAM needs EnableIamAuthorizer: true in the Auth of the API',
    ],
    [
      'Events: { E: { Type: HttpApi, Properties: { Path: /a, Method: GET } }, G: { Type: HttpApi, Properties: { Path: /a, Method: get } } }',
      'GET /a of F is taken by F already',
    ],
    [
      rule('DeadLetterConfig: { Destination: !GetAtt Queue.Arn, Type: SQS }'),
      "DeadLetterConfig of event E: the rehearsal does not support Destination: SAM ignores it and makes a queue of its own: write Arn with the queue's ARN",
    ],
    [
      rule('DeadLetterConfig: { Arn: !GetAtt Queue.Arn, Type: SQS }'),
      "DeadLetterConfig of event E: You can either define 'Arn' or 'Type' property of DeadLetterConfig",
    ],
    [
      rule('DeadLetterConfig: { QueueLogicalId: Q }'),
      "DeadLetterConfig of event E: No 'Arn' or 'Type' property provided for DeadLetterConfig",
    ],
    [
      rule('DeadLetterConfig: { Type: SNS }'),
      "DeadLetterConfig of event E: The only valid value for 'Type' property of DeadLetterConfig is 'SQS'",
    ],
    [
      rule('DeadLetterConfig: { Type: SQS, QueueLogicalId: Queue }'),
      'SAM generates the logical id Queue, and the template has it already',
    ],
    [
      rule('State: ENABLED, Enabled: true'),
      'FE: State and Enabled Properties cannot both be specified',
    ],
    [rule('Patern: {}'), 'F event E has no Patern that the rehearsal knows: did you mean Pattern?'],
    ['Events: { E: { Type: EventBridgeRule, Properties: {} } }', 'F event E needs a Pattern'],
    [
      'DeadLetterQueue: { TargetArn: a }',
      'DeadLetterQueue of F needs a TargetArn, and a Type of SQS or SNS',
    ],
    [
      'EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: S3 } } }',
      'OnFailure of F needs a Type of SQS, SNS, Lambda, EventBridge',
    ],
    [
      'EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: Lambda } } }',
      'OnFailure of F: Destination is required if Type is not SQS or SNS',
    ],
    [
      'EventInvokeConfig: { Retries: 1 }',
      'EventInvokeConfig of F has no Retries that the rehearsal knows',
    ],
  ])('refuses %s at its line', (properties, message) => {
    const problems = problemsOf(functionWith(properties), {}, FILES);

    expect(problems.some((problem) => problem.includes(`: ${message}`))).toBe(true);
    expect(problems.every((problem) => /^template\.yaml:[4-9]: /.test(problem))).toBe(true);
  });

  test('binds its events and asynchronous calls to the alias that it publishes', () => {
    const app = appOf(
      functionWith(`AutoPublishAlias: live
      EventInvokeConfig: { MaximumRetryAttempts: 1 }
      Events:
        Rule: { Type: EventBridgeRule, Properties: { Pattern: { source: [a] } } }
        Time: { Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 day) } }
        Letters: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn } }
        Route: { Type: HttpApi, Properties: { Method: GET, Path: / } }`),
      {},
      FILES,
    );

    const live = /:function:shop-F:live$/;
    expect(app.rules[0]?.targets).toMatchObject([{ arn: expect.stringMatching(live) }]);
    expect(app.schedules[0]?.target.arn).toMatch(live);
    expect(app.functions[0]).toMatchObject({
      qualifiers: ['1', 'live'],
      asyncInvocation: { maximumRetryAttempts: 1 },
    });
    expect(app.eventSourceMappings).toMatchObject([{ functionName: 'shop-F', qualifier: 'live' }]);
    expect(app.httpApis[0]?.routes).toMatchObject([{ functionName: 'shop-F' }]);
  });

  test('needs code, a handler and a runtime', () => {
    const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  F: { Type: AWS::Serverless::Function }
`;
    expect(problemsOf(template)).toEqual(
      expect.arrayContaining([
        'template.yaml:3: AWS::Lambda::Function F: the template names no code: give it a CodeUri',
        'template.yaml:3: AWS::Serverless::Function F needs a Handler, its own or in Globals',
        'template.yaml:3: AWS::Serverless::Function F needs a Runtime, its own or in Globals',
      ]),
    );
  });

  test('takes no Fn::If for Events, as SAM takes none', () => {
    const template = `${functionWith('Events: !If [Never, {}, {}]')}Conditions: { Never: !Equals [a, b] }\n`;

    expect(problemsOf(template, {}, FILES)).toEqual([
      'template.yaml:9: F: SAM takes no Fn::If for Events: give the resource a Condition',
    ]);
  });

  test('makes no role where one is given', () => {
    const app = appOf(functionWith('Role: arn:aws:iam::123456789012:role/own'), {}, FILES);

    expect(app.functions[0]?.roleArn).toBe('arn:aws:iam::123456789012:role/own');
    expect(app.roles).toEqual([]);
  });

  test('takes a Fn::If among the policies', () => {
    const template = `${functionWith('Policies: [!If [Never, AWSLambdaRole, !Ref AWS::NoValue]]')}Conditions: { Never: !Equals [a, b] }\n`;

    expect(appOf(template, {}, FILES).roles[0]?.statements).toHaveLength(1);
  });
});

describe('expandHttpApi()', () => {
  const route = (auth: string): string =>
    `Events: { E: { Type: HttpApi, Properties: { Path: /a, Method: GET, ApiId: !Ref Api${auth} } } }`;
  const withApi = (api: string, auth = ''): string =>
    `${functionWith(route(auth))}  Api:\n    Type: AWS::Serverless::HttpApi\n    Properties: ${api}\n`;
  const IAM = '{ Auth: { EnableIamAuthorizer: true, DefaultAuthorizer: AWS_IAM } }';

  test('gives each route its authorizer', () => {
    const authorizer = (api: string, auth?: string) =>
      appOf(withApi(api, auth), {}, FILES).httpApis[0]?.routes[0]?.authorizer;

    expect(authorizer('{}')).toBe('NONE');
    expect(authorizer(IAM)).toBe('AWS_IAM');
    expect(authorizer(IAM, ', Auth: { Authorizer: NONE }')).toBe('NONE');
    expect(
      authorizer('{ Auth: { EnableIamAuthorizer: true } }', ', Auth: { Authorizer: AWS_IAM }'),
    ).toBe('AWS_IAM');
  });

  test('merges Globals into the implicit API', () => {
    const auth = 'HttpApi: { Auth: { EnableIamAuthorizer: true, DefaultAuthorizer: AWS_IAM } }';
    const events = 'Events: { E: { Type: HttpApi, Properties: { Path: /a, Method: GET } } }';
    const template = functionWith(events).replace('Globals: {', `Globals: { ${auth},`);

    expect(appOf(template, {}, FILES).httpApis).toMatchObject([
      { logicalId: 'ServerlessHttpApi', routes: [{ authorizer: 'AWS_IAM' }] },
    ]);
  });

  test.each([
    [
      '{ DefinitionBody: {} }',
      '',
      'does not support DefinitionBody: let the HttpApi events of the functions say the routes',
    ],
    [
      '{ Auth: { Authorizers: { Own: { Identity: {} } } } }',
      '',
      'AWS::Serverless::HttpApi Api: Authorizer Own needs a FunctionArn, a UserPoolArn or a JwtConfiguration',
    ],
    ['{ Auth: { DefaultAuthorizer: Own } }', '', 'F: the API has no Authorizer Own'],
    [
      '{ Auth: { DefaultAuthorizer: AWS_IAM } }',
      '',
      'DefaultAuthorizer AWS_IAM needs EnableIamAuthorizer: true',
    ],
    [
      '{}',
      ', Auth: { Authorizer: NONE }',
      'Authorizer NONE is for an API with a DefaultAuthorizer only',
    ],
    [
      '{ Nam: x }',
      '',
      'AWS::Serverless::HttpApi Api has no Nam that the rehearsal knows: did you mean Name?',
    ],
  ])('refuses %s%s', (api, auth, message) => {
    expect(problemsOf(withApi(api, auth), {}, FILES)).toEqual([expect.stringContaining(message)]);
  });
});

describe('expandStateMachine()', () => {
  test.each([
    ['Events: { E: { Type: Api, Properties: {} } }', 'M event E needs a Path and a Method'],
    [
      'AutoPublishAlias: live',
      'does not support AutoPublishAlias: it publishes no versions or aliases',
    ],
    [
      'Definitions: {}',
      'AWS::Serverless::StateMachine M has no Definitions that the rehearsal knows: did you mean Definition?',
    ],
    ['DefinitionUri: a.asl.json', "specify either 'Definition' or 'DefinitionUri', and not both"],
    ['Type: FAST', 'StateMachineType must be one of STANDARD, EXPRESS, not FAST'],
    [
      'Role: a\n      Policies: []',
      "Specify either 'Role' or 'Policies' (but not both at the same time)",
    ],
  ])('refuses %s', (properties, message) => {
    expect(problemsOf(machineWith(properties))).toEqual([expect.stringContaining(message)]);
  });

  test('names the role of an event, or makes one', () => {
    const schedule = (more: string): string =>
      machineWith(
        `Events: { E: { Type: Schedule, Properties: { Schedule: rate(1 day)${more} } } }`,
      );

    expect(appOf(schedule('')).rules[0]?.targets[0]?.roleArn).toBe(
      'arn:aws:iam::123456789012:role/shop-MERole',
    );
    expect(appOf(schedule(', RoleArn: arn:own')).rules[0]?.targets[0]?.roleArn).toBe('arn:own');
  });
});

describe('expandSimpleTable()', () => {
  test('has a string key named id unless it names another', () => {
    const app = appOf(`${HEAD}  T: { Type: AWS::Serverless::SimpleTable }\n`);

    expect(app.tables[0]?.createTable).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    });
  });

  test('refuses a key of no type', () => {
    const template = `${HEAD}  T: { Type: AWS::Serverless::SimpleTable, Properties: { PrimaryKey: { Name: a, Type: Text } } }\n`;

    expect(problemsOf(template)).toEqual([
      'template.yaml:5: AWS::Serverless::SimpleTable T: PrimaryKey needs a Name, and a Type of String, Number or Binary',
    ]);
  });
});

describe('scheduleEvent()', () => {
  test('makes a schedule with a role, and a queue where it says so', () => {
    const app = appOf(
      functionWith(`Events:
        Nightly:
          Type: ScheduleV2
          Properties:
            ScheduleExpression: cron(0 3 * * ? *)
            ScheduleExpressionTimezone: Europe/Berlin
            FlexibleTimeWindow: { Mode: FLEXIBLE, MaximumWindowInMinutes: 15 }
            Input: '{"a":1}'
            RetryPolicy: { MaximumRetryAttempts: 2 }
            DeadLetterConfig: { Type: SQS, QueueLogicalId: Lost }`),
      {},
      FILES,
    );

    expect(app.schedules).toMatchObject([
      {
        logicalId: 'FNightly',
        name: 'FNightly',
        groupName: 'default',
        scheduleExpression: 'cron(0 3 * * ? *)',
        timeZone: 'Europe/Berlin',
        state: 'ENABLED',
        windowMinutes: 15,
        target: {
          arn: app.functions[0]?.arn,
          roleArn: app.roles.find(({ logicalId }) => logicalId === 'FNightlyRole')?.arn,
          input: '{"a":1}',
          maximumRetryAttempts: 2,
          maximumEventAgeSeconds: 86_400,
          deadLetterArn: app.queues.find(({ logicalId }) => logicalId === 'Lost')?.arn,
        },
      },
    ]);
    const role = app.roles.find(({ logicalId }) => logicalId === 'FNightlyRole');
    expect(role?.statements.map((one) => JSON.stringify(one))).toEqual([
      expect.stringContaining('lambda:InvokeFunction'),
      expect.stringContaining('sqs:SendMessage'),
    ]);
  });

  test('starts a state machine with a role of its own', () => {
    const roleArn = 'arn:aws:iam::123456789012:role/mine';
    const app = appOf(
      machineWith(
        `Events: { Once: { Type: ScheduleV2, Properties: { ScheduleExpression: 'at(2026-01-01T00:00:00)', OmitName: true, GroupName: !Ref Group, RoleArn: ${roleArn} } } }
  Group: { Type: AWS::Scheduler::ScheduleGroup, Properties: { Name: reports } }
`,
      ),
      {},
      FILES,
    );

    expect(app.schedules).toMatchObject([
      { name: expect.stringMatching(/MOnce/), groupName: 'reports', target: { roleArn } },
    ]);
    expect(app.scheduleGroups).toMatchObject([{ name: 'reports' }]);
  });
});
