import { describe, expect, test } from '@jest/globals';
import { playProject } from './play-project.ts';

const HOME = 'us-east-1';
const PEER = 'us-west-2';

/** A global table that one stack has, and in each Region a workflow that notes where a visitor came. */
const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Conditions: { IsFirst: !Equals [!Ref AWS::Region, ${HOME}] }
Resources:
  Visits:
    Type: AWS::DynamoDB::GlobalTable
    Condition: IsFirst
    Properties:
      TableName: visits
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES }
      Replicas: [{ Region: ${HOME} }, { Region: ${PEER} }]
  Letters: { Type: AWS::SQS::Queue }
  Note:
    Type: AWS::Serverless::StateMachine
    Properties:
      Policies: []
      Events:
        Came: { Type: EventBridgeRule, Properties: { Pattern: { source: [visitor] } } }
        Nightly: { Type: ScheduleV2, Properties: { ScheduleExpression: cron(0 3 * * ? *) } }
      Definition:
        StartAt: Write
        States:
          Write:
            Type: Task
            Resource: arn:aws:states:::dynamodb:putItem
            Parameters:
              TableName: visits
              Item: { id: { S: ada }, region: { S: !Ref AWS::Region } }
            Retry: [{ ErrorEquals: [States.ALL], IntervalSeconds: 60, MaxAttempts: 1 }]
            End: true
`;

const visitor = [{ Source: 'visitor', DetailType: 'Came', Detail: '{}' }];
const succeeded = { count: 1, status: 'SUCCEEDED' };

const play = (scenario: object, regions = `${HOME},${PEER}`) =>
  playProject(
    {
      'template.yaml': TEMPLATE,
      'scenarios/house/regions.json': `${JSON.stringify({ title: 'Regions', ...scenario }, null, 2)}\n`,
    },
    '--region',
    regions,
  );
const item = (region: string) => [{ key: { id: 'ada' }, item: { id: 'ada', region } }];

describe('a scenario in two Regions', () => {
  test('does each step where it says, and looks there too', async () => {
    const played = await play({
      workflow: 'Note',
      region: PEER,
      events: visitor,
      next: [{ schedule: 'NoteNightly', region: PEER }],
      expect: {
        executions: [],
        tables: { Visits: item(PEER) },
        regions: {
          [PEER]: { executions: [succeeded, succeeded].map(({ status }) => ({ status })) },
        },
      },
    });
    expect(played).toMatchObject({ exitCode: 0, stdout: expect.not.stringContaining('expected') });
  });

  test('plays the loss of a Region, and that what waited arrives', async () => {
    const played = await play({
      workflow: 'Note',
      break: [`region-tables:${PEER}`],
      events: visitor,
      next: [
        {
          region: PEER,
          call: { service: 'dynamodb', action: 'ListTables', error: 'ServiceUnavailable' },
        },
        { mend: [`region-tables:${PEER}`] },
        {
          region: PEER,
          call: {
            service: 'dynamodb',
            action: 'PutItem',
            input: {
              TableName: 'visits',
              Item: { id: { S: 'ada' }, region: { S: 'moved' } },
              ConditionExpression: '#r = :home',
              ExpressionAttributeNames: { '#r': 'region' },
              ExpressionAttributeValues: { ':home': { S: HOME } },
            },
          },
        },
      ],
      expect: { executions: [{ status: 'SUCCEEDED' }], tables: { Visits: item('moved') } },
    });
    expect(played).toMatchObject({ exitCode: 0, stdout: expect.not.stringContaining('expected') });
  });

  test('names the Region of what is not as it should be', async () => {
    const { exitCode, stdout } = await play({
      events: visitor,
      expect: {
        executions: [{ status: 'SUCCEEDED' }],
        regions: { [PEER]: { executions: [{ status: 'FAILED' }] } },
      },
    });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('us-west-2: expected an execution FAILED; none is left');
  });

  test('fails by name where a Region has no stack', async () => {
    const { exitCode, stdout } = await play({ region: PEER, events: visitor, expect: {} }, HOME);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('No stack is rehearsed in us-west-2: there is us-east-1');
  });

  test('says file and line of what is no Region', async () => {
    const { exitCode, stderr } = await play({
      region: 'moon',
      events: visitor,
      next: [{ region: 7 }],
      expect: { regions: { mars: {}, [PEER]: { queus: {} } } },
    });
    expect(exitCode).not.toBe(0);
    const file = 'scenarios/house/regions.json';
    expect(stderr).toContain(`${file}:3`);
    expect(stderr).toContain('"moon" is no Region: write one such as us-west-2');
    expect(stderr).toContain('"mars" is no Region');
    expect(stderr).toMatch(/next\[0\]\.region/);
    expect(stderr).toMatch(/expect\.regions\.us-west-2.*queus.*queues/);
  });
});
