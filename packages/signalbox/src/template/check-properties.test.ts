import { describe, expect, test } from '@jest/globals';
import { problemsOf } from './temporary-project.ts';

/** The problems of a template with one resource, as `line: message`. */
function faultsOf(type: string, properties: readonly string[]): readonly string[] {
  const template = ['Resources:', '  One:', `    Type: ${type}`, '    Properties:'];
  const text = [...template, ...properties.map((line) => `      ${line}`), ''].join('\n');
  return problemsOf(text).map((problem) => problem.replace('template.yaml:', ''));
}

describe('the properties of a template', () => {
  test.each([
    [
      'a length',
      'AWS::Events::EventBus',
      ['Name: orders', `Description: ${'x'.repeat(513)}`],
      ['6: AWS::Events::EventBus One: Description must have 512 characters at most, not 513'],
    ],
    [
      'a pattern',
      'AWS::Scheduler::ScheduleGroup',
      ['Name: my group'],
      [
        '5: AWS::Scheduler::ScheduleGroup One: Name must fit the pattern ^[0-9a-zA-Z-_.]+$, not my group',
      ],
    ],
    [
      'an enumeration',
      'AWS::CloudWatch::Alarm',
      [
        'AlarmName: late',
        'Namespace: AWS/SQS',
        'MetricName: ApproximateAgeOfOldestMessage',
        'Statistic: Maximun',
        'Period: 60',
        'EvaluationPeriods: 1',
        'Threshold: 300',
        'ComparisonOperator: GreaterThanThreshold',
      ],
      [
        '8: AWS::CloudWatch::Alarm One: Statistic must be one of SampleCount, Average, Sum, Minimum, Maximum, not Maximun',
      ],
    ],
    [
      'a range, inside of a list',
      'AWS::Events::Rule',
      [
        'EventPattern: { source: [orders] }',
        'Targets:',
        '  - Id: queue',
        '    Arn: arn:aws:sqs:us-east-1:123456789012:orders',
        '    RetryPolicy:',
        '      MaximumEventAgeInSeconds: 30',
      ],
      [
        '10: AWS::Events::Rule One: Targets[].RetryPolicy.MaximumEventAgeInSeconds must be 60 at least, not 30',
      ],
    ],
    [
      'a number of a queue',
      'AWS::SQS::Queue',
      ['DelaySeconds: 0', 'VisibilityTimeout: 43201'],
      ['6: AWS::SQS::Queue One: VisibilityTimeout must be 43200 at most, not 43201'],
    ],
    [
      'a class of a table, and what dynalite checks of it',
      'AWS::DynamoDB::Table',
      [
        'BillingMode: ON_DEMAND',
        'TableClass: COLD',
        'AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]',
        'KeySchema: [{ AttributeName: id, KeyType: HASH }]',
      ],
      [
        '5: AWS::DynamoDB::Table One: BillingMode must be one of PROVISIONED, PAY_PER_REQUEST, not ON_DEMAND',
        '6: AWS::DynamoDB::Table One: TableClass must be one of STANDARD, STANDARD_INFREQUENT_ACCESS, not COLD',
      ],
    ],
    [
      'an encryption of a bucket, whose property has another name',
      'AWS::S3::Bucket',
      [
        'BucketEncryption:',
        '  ServerSideEncryptionConfiguration:',
        '    - ServerSideEncryptionByDefault: { SSEAlgorithm: aes }',
      ],
      [
        '7: AWS::S3::Bucket One: BucketEncryption.ServerSideEncryptionConfiguration[].ServerSideEncryptionByDefault.SSEAlgorithm must be one of AES256, aws:fsx, aws:kms, aws:kms:dsse, not aes',
      ],
    ],
  ])('are refused for %s that AWS would refuse', (_name, type, properties, faults) => {
    expect(faultsOf(type, properties)).toEqual(faults);
  });

  test('are said once where their reader refuses them too', () => {
    const faults = faultsOf('AWS::Events::Rule', ['State: PAUSED', 'EventPattern: { a: [1] }']);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^5: .*State.*PAUSED/);
  });

  test('are not looked at where a function gives them', () => {
    const properties = ["Name: !Sub '${AWS::StackName}/group'"];
    expect(faultsOf('AWS::Scheduler::ScheduleGroup', properties)).toEqual([]);
  });
});
