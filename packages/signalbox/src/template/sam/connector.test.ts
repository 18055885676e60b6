import { describe, expect, test } from '@jest/globals';
import { appOf, problemsOf } from '../temporary-project.ts';

const HEAD = `Transform: AWS::Serverless-2016-10-31
Resources:
  Queue: { Type: AWS::SQS::Queue }
  Topic: { Type: AWS::SNS::Topic }
  Table: { Type: AWS::Serverless::SimpleTable }
  M:
    Type: AWS::Serverless::StateMachine
    Properties: { Definition: { StartAt: A, States: { A: { Type: Succeed } } } }
  F:
    Type: AWS::Serverless::Function
    Properties: { Runtime: nodejs24.x, Handler: index.handler, InlineCode: 'exports.handler = () => 1' }
`;

const connector = (properties: string): string =>
  `${HEAD}  C: { Type: AWS::Serverless::Connector, Properties: { ${properties} } }\n`;

const ARN = 'eu-west-1:123456789012';

/** Statements of the role of a resource that name an action. */
function statementsWith(template: string, role: string, action: string): readonly unknown[] {
  const statements = appOf(template, {}).roles.find(
    ({ logicalId }) => logicalId === role,
  )?.statements;
  return (statements ?? []).filter((statement) => JSON.stringify(statement).includes(action));
}

// AWS SAM Developer Guide, "AWS SAM connectors": the statements are those of its translator.
describe('a connector', () => {
  test('gives the role of its source what the destination needs', () => {
    const template = connector('Source: { Id: F }, Destination: { Id: M }, Permissions: [Write]');
    expect(statementsWith(template, 'FRole', 'states:')).toEqual([
      {
        Effect: 'Allow',
        Action: ['states:StartExecution', 'states:StartSyncExecution'],
        Resource: [expect.stringMatching(/:stateMachine:/)],
      },
      {
        Effect: 'Allow',
        Action: ['states:StopExecution'],
        Resource: [
          expect.stringMatching(/^arn:aws:states:eu-west-1:123456789012:execution:.*-?M.*:\*$/),
        ],
      },
    ]);
  });

  test('gives the role of its destination what it polls', () => {
    const template = connector(
      'Source: { Id: Queue }, Destination: { Id: F }, Permissions: [Read, Write]',
    );
    expect(statementsWith(template, 'FRole', 'sqs:')).toHaveLength(2);
  });

  test('gives a queue a policy', () => {
    const app = appOf(
      connector('Source: { Id: Topic }, Destination: { Id: Queue }, Permissions: [Write]'),
      {},
    );
    const [{ attributes = {} } = {}] = app.queues;
    expect(JSON.parse(attributes['Policy'] ?? '{}').Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: ['sqs:SendMessage'],
        Resource: [`arn:aws:sqs:${ARN}:${app.queues[0]?.name}`],
        Condition: { ArnEquals: { 'aws:SourceArn': app.topics[0]?.arn } },
      },
    ]);
  });

  test('may have several destinations, and stand in its source', () => {
    const template = `${HEAD}    Connectors:
      Out: { Properties: { Destination: [{ Id: Table }, { Id: Queue }], Permissions: [Write] } }
`;
    expect(statementsWith(template, 'FRole', 'dynamodb:PutItem')).toHaveLength(1);
    expect(statementsWith(template, 'FRole', 'sqs:SendMessage')).toHaveLength(1);
  });

  test('between types that SAM does not connect is refused when strict', () => {
    const template = connector(
      'Source: { Id: Table }, Destination: { Id: Queue }, Permissions: [Read]',
    );
    expect(problemsOf(template, {})).toContainEqual(
      expect.stringContaining('connectors from AWS::DynamoDB::Table to AWS::SQS::Queue'),
    );
  });

  test.each([
    [
      'Source: { Id: F }, Destination: { Id: M }, Permissions: []',
      'Connector C needs a Source, a Destination and Permissions',
    ],
    [
      'Source: { Id: F }, Destination: { Id: N }, Permissions: [Read]',
      'Connector C: the template has no resource N',
    ],
    [
      'Source: { Id: F }, Destination: { Id: Topic }, Permissions: [Read]',
      'Connector C: Permissions may be Write',
    ],
    [
      'Source: { Id: Queue }, Destination: { Id: F }, Permissions: [Read]',
      'Connector C: Permissions may be Read Write',
    ],
    [
      'Source: { Id: F }, Destination: { Arn: x }, Permissions: [Read]',
      'Connector C names a resource by its Id, or by its Type',
    ],
  ])('is refused at its line: %s', (properties, message) => {
    const problems = problemsOf(connector(properties), {});
    expect(problems).toContainEqual(expect.stringMatching(/^template\.yaml:\d+: /));
    expect(problems.join('\n')).toContain(message);
  });
});
