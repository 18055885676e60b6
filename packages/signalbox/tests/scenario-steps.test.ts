import { describe, expect, test } from '@jest/globals';
import { playProject } from './play-project.ts';

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x } }
Resources:
  Undelivered: { Type: AWS::SQS::Queue }
  Bells: { Type: AWS::SQS::Queue }
  Ring:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ring
      Handler: app.handler
      DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt Undelivered.Arn }
      Events:
        Rung: { Type: EventBridgeRule, Properties: { Pattern: { source: [bell] } } }
  DoorOpen:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: House
      MetricName: OpenDoors
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanOrEqualToThreshold
  Lock:
    Type: AWS::Serverless::StateMachine
    Properties:
      Policies: []
      Events:
        Opened:
          Type: EventBridgeRule
          Properties:
            Pattern: { source: [aws.cloudwatch], detail: { state: { value: [ALARM] } } }
        Nightly:
          Type: ScheduleV2
          Properties: { ScheduleExpression: cron(0 3 * * ? *) }
        Asked:
          Type: EventBridgeRule
          Properties: { Pattern: { source: [visitor] } }
      Definition:
        StartAt: WhoIsIt
        States:
          WhoIsIt:
            Type: Choice
            Choices: [{ Variable: $.source, StringEquals: visitor, Next: Ask }]
            Default: Locked
          Ask:
            Type: Task
            Resource: arn:aws:states:::sqs:sendMessage.waitForTaskToken
            Parameters:
              QueueUrl: !Ref Bells
              MessageBody: { token.$: $$.Task.Token }
            Next: Locked
          Locked: { Type: Pass, End: true }
`;

const RESOURCES = {
  rds: {
    clusters: [
      {
        region: 'us-east-1',
        identifier: 'guests',
        engine: 'aurora-mysql',
        writer: 'guests-1',
        instances: [
          {
            identifier: 'guests-1',
            instanceClass: 'db.r6g.large',
            availabilityZone: 'us-east-1a',
          },
        ],
      },
    ],
  },
};

const WRITER = 'rds.regions.us-east-1.clusters.guests.writer.status';

/** Plays one scenario, and gives the lines of its report. */
async function play(
  scenario: object,
): Promise<{ readonly exitCode: number; readonly lines: readonly string[] }> {
  return playProject({
    'template.yaml': TEMPLATE,
    'ring/app.js': "exports.handler = async () => { throw new Error('The bell is broken'); };\n",
    'package.json': JSON.stringify({ signalbox: { simulatedResources: 'resources.json' } }),
    'resources.json': JSON.stringify(RESOURCES),
    'scenarios/house/door.json': JSON.stringify({ title: 'The door', ...scenario }),
  });
}

const visitor = [{ source: 'visitor', 'detail-type': 'Came', detail: {} }];
const bell = [{ source: 'bell', 'detail-type': 'Rung', detail: {} }];
const LOCKED = { executions: [{ status: 'SUCCEEDED', lastState: 'Locked' }] };
const NOTHING = { executions: [] };

describe('a scenario passes', () => {
  test.each<[what: string, scenario: object]>([
    ['alarm', { alarm: { name: 'DoorOpen', state: 'ALARM' }, expect: LOCKED }],
    ['schedule', { schedule: 'LockNightly', expect: LOCKED }],
    [
      'break, and resources',
      { break: ['database:guests'], expect: { ...NOTHING, resources: { [WRITER]: 'failed' } } },
    ],
    [
      'mend, and resources',
      {
        break: ['database:guests'],
        next: [{ mend: ['database:guests'] }],
        expect: { ...NOTHING, resources: { [WRITER]: 'available' } },
      },
    ],
    ['deadLetters', { events: bell, expect: { ...NOTHING, deadLetters: 1 } }],
    [
      'an answer that fails',
      {
        events: visitor,
        next: [{ answer: { state: 'Ask', failure: { error: 'Refused', cause: 'Too late' } } }],
        expect: { executions: [{ status: 'FAILED', error: 'Refused', lastState: 'Ask' }] },
      },
    ],
  ])('with %s', async (_, scenario) => {
    const { exitCode, lines } = await play(scenario);
    expect(lines).toContain('1 of 1 scenarios ended as they should');
    expect(exitCode).toBe(0);
  });
});

describe('a scenario fails with what happened instead', () => {
  test.each<[what: string, scenario: object, says: string | RegExp]>([
    [
      'alarm that raises nothing',
      { alarm: { name: 'DoorOpen', state: 'OK' }, expect: LOCKED },
      'expected an execution SUCCEEDED in Locked; none is left',
    ],
    [
      'alarm that is not there',
      { alarm: { name: 'WindowOpen', state: 'ALARM' }, expect: {} },
      'The scenarios need WindowOpen, which the template does not have',
    ],
    [
      'schedule that nothing was expected of',
      { schedule: 'LockNightly', expect: NOTHING },
      /^did not expect the execution of \S+ SUCCEEDED in Locked/,
    ],
    [
      'schedule that is not there',
      { schedule: 'LockWeekly', expect: {} },
      'No schedule "LockWeekly": there is LockNightly',
    ],
    [
      'break of what can not break',
      { break: ['roof'], expect: {} },
      /^No fault "roof": there is database, /,
    ],
    [
      'mend of what is not there',
      { mend: ['database:cellar'], expect: {} },
      /^There is no \S*cluster "cellar": there are guests$/,
    ],
    [
      'resources that differ',
      { break: ['database:guests'], expect: { resources: { [WRITER]: 'available' } } },
      `${WRITER}: expected available, got failed`,
    ],
    [
      'resources that are not there',
      { expect: { resources: { 'rds.regions.us-east-1.status': 'down', 'rds.cellar': 1 } } },
      'rds.cellar: expected 1, got null',
    ],
    [
      'deadLetters that nobody expected',
      { events: bell, expect: {} },
      'dead letters: expected 0, got 1',
    ],
    [
      'deadLetters that do not come',
      { expect: { deadLetters: 2 } },
      'dead letters: expected 2, got 0',
    ],
    [
      'an answer in a state that no execution comes into',
      {
        events: visitor,
        next: [{ answer: { state: 'Locked', failure: {} } }],
        expect: {},
      },
      'no execution came into Locked, so that none was answered',
    ],
    [
      'an answer that fails otherwise',
      {
        events: visitor,
        next: [{ answer: { state: 'Ask', failure: { error: 'Refused' } } }],
        expect: { executions: [{ status: 'FAILED', error: 'TooLate', lastState: 'Ask' }] },
      },
      /^expected an execution FAILED.* TooLate.*; nearest: .* Refused/,
    ],
  ])('at %s', async (_, scenario, says) => {
    const { exitCode, lines } = await play(scenario);
    const line = typeof says === 'string' ? says : expect.stringMatching(says);
    expect(lines).toEqual(expect.arrayContaining([line, '0 of 1 scenarios ended as they should']));
    expect(exitCode).toBe(1);
  });
});
