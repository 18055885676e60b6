import { rmSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { loadApp } from '../load-app.ts';
import { createProject } from '../temporary-project.ts';

const QUEUE = 'arn:aws:sqs:us-west-2:123456789012:letters';
const ROLE = "RoleArn: 'arn:aws:iam::123456789012:role/r'";
const HERE = QUEUE.replace('us-west-2', 'us-east-1');

let root: string | undefined;
afterEach(() => {
  if (root !== undefined) rmSync(root, { recursive: true });
});

/** What is said of resources of us-east-1, with the lines. */
function problemsOf(resources: string): readonly string[] {
  root = createProject({ 'template.yaml': `Resources:\n${resources}` });
  const read = loadApp({
    ...{ root, templateFile: 'template.yaml', stackName: 'shop', beside: [] },
    ...{ region: 'us-east-1', accountId: '123456789012', parameterOverrides: {} },
    ...{ endpoint: 'http://127.0.0.1:4700', documentsFile: `${root}/documents.ts` },
    strict: undefined,
  });
  return read.ok ? [] : read.problems.map(({ line, message }) => `${line}: ${message}`);
}

const RESOURCES = {
  'a target of a rule': `  R:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [shop] }
      Targets:
        - Id: a
          Arn: 'arn:aws:sqs:us-east-1:123456789012:a'
          DeadLetterConfig: { Arn: '${QUEUE}' }
`,
  'a schedule': `  R:
    Type: AWS::Scheduler::Schedule
    Properties:
      FlexibleTimeWindow: { Mode: 'OFF' }
      ScheduleExpression: rate(1 day)
      Target:
        Arn: 'arn:aws:sqs:us-east-1:123456789012:a'
        ${ROLE}
        DeadLetterConfig: { Arn: '${QUEUE}' }
`,
  'the target of a schedule': `  R:
    Type: AWS::Scheduler::Schedule
    Properties:
      FlexibleTimeWindow: { Mode: 'OFF' }
      ScheduleExpression: rate(1 day)
      Target:
        ${ROLE}
        Arn: '${QUEUE}'
`,
  'the source of a pipe': `  R:
    Type: AWS::Pipes::Pipe
    Properties:
      ${ROLE}
      Target: 'arn:aws:sqs:us-east-1:123456789012:a'
      Source: '${QUEUE}'
`,
  'a pipe': `  R:
    Type: AWS::Pipes::Pipe
    Properties:
      ${ROLE}
      Source: 'arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/2026-01-01T00:00:00.000'
      Target: 'arn:aws:sqs:us-east-1:123456789012:a'
      SourceParameters:
        DynamoDBStreamParameters: { StartingPosition: LATEST, DeadLetterConfig: { Arn: '${QUEUE}' } }
`,
  'an event source mapping': `  R:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: f
      EventSourceArn: '${QUEUE}'
`,
  'a queue': `  R:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy:
        { maxReceiveCount: 2, deadLetterTargetArn: '${QUEUE}' }
`,
};

describe('a resource of another Region is refused with its line', () => {
  test.each(Object.entries(RESOURCES))('for %s', (_name, resource) => {
    const line = 2 + resource.split('\n').findIndex((text) => text.includes(QUEUE));
    expect(problemsOf(resource)).toEqual([
      expect.stringMatching(
        new RegExp(`^${line}: .*region.*, us-east-1, not elsewhere: ${QUEUE}$`, 'i'),
      ),
    ]);
    expect(problemsOf(resource.replaceAll(QUEUE, HERE))).toEqual([]);
  });

  test('for a function', () => {
    const resource = `  R:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Role: 'arn:aws:iam::123456789012:role/r'
      Code: { ZipFile: 'exports.handler = async () => 1;' }
      DeadLetterConfig: { TargetArn: '${QUEUE}' }
`;
    expect(problemsOf(resource)).toEqual([
      expect.stringContaining(
        '9: AWS::Lambda::Function R DeadLetterConfig: what takes its dead letters must be',
      ),
    ]);
  });

  test('for a subscription, by the Region of its topic', () => {
    const resource = `  T: { Type: AWS::SNS::Topic }
  R:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref T
      Protocol: email
      Endpoint: ada@example.com
      RedrivePolicy: { deadLetterTargetArn: '${QUEUE}' }
`;
    expect(problemsOf(resource)).toEqual([
      expect.stringContaining(
        '9: AWS::SNS::Subscription R: the dead-letter queue of a subscription',
      ),
    ]);
    expect(problemsOf(resource.replaceAll(QUEUE, HERE))).toEqual([]);
  });
});
