import { describe, expect, test } from '@jest/globals';
import { checkConstraints } from './check-constraints.ts';

async function refusal(service: string, operation: string, input: object): Promise<unknown> {
  try {
    await checkConstraints(service, operation, input);
    return undefined;
  } catch (error) {
    return error;
  }
}

const ROLE = 'arn:aws:iam::123456789012:role/r';

describe('checkConstraints()', () => {
  test.each([
    [
      'states',
      'CreateStateMachine',
      { name: 'm', definition: '{}', roleArn: ROLE, type: 'BOGUS' },
      'ValidationException',
      "1 validation error detected: Value 'BOGUS' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, EXPRESS]",
    ],
    [
      'events',
      'PutTargets',
      { Rule: 'r', Targets: [{ Id: 'a b!', Arn: ROLE }] },
      'ValidationException',
      "1 validation error detected: Value 'a b!' at 'targets.1.member.id' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+",
    ],
    [
      'scheduler',
      'CreateSchedule',
      { Name: 's', State: 'PAUSED', FlexibleTimeWindow: { Mode: 'MAYBE' } },
      'ValidationException',
      "2 validation errors detected: Value 'MAYBE' at 'flexibleTimeWindow.mode' failed to satisfy constraint: Member must satisfy enum value set: [OFF, FLEXIBLE]; Value 'PAUSED' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED]",
    ],
    [
      'monitoring',
      'DescribeAlarms',
      { AlarmTypes: ['BOGUS'] },
      'ValidationError',
      "1 validation error detected: Value '[BOGUS]' at 'alarmTypes' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [CompositeAlarm, MetricAlarm]]",
    ],
    [
      'logs',
      'DescribeLogGroups',
      { limit: 51 },
      'InvalidParameterException',
      "1 validation error detected: Value '51' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50",
    ],
    [
      'ssm',
      'GetParameters',
      { Names: [] },
      'ValidationException',
      "1 validation error detected: Value '[]' at 'names' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'sns',
      'CreateTopic',
      { Name: 't', Tags: [{ Key: '', Value: 'v' }] },
      'ValidationError',
      "1 validation error detected: Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'dynamodb',
      'CreateTable',
      { TableName: 't', TableClass: 'COLD' },
      'ValidationException',
      "1 validation error detected: Value 'COLD' at 'tableClass' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, STANDARD_INFREQUENT_ACCESS]",
    ],
    [
      'dynamodb',
      'PutItem',
      { TableName: 't', Item: {}, ReturnValuesOnConditionCheckFailure: 'SOME' },
      'ValidationException',
      "1 validation error detected: Value 'SOME' at 'returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]",
    ],
    [
      's3',
      'PutObject',
      { Bucket: 'b', Key: 'k', StorageClass: 'COLD' },
      'InvalidStorageClass',
      'The storage class you specified is not valid',
    ],
  ])(
    'refuses what the model of %s does not allow in %s',
    async (service, operation, input, name, message) => {
      expect(await refusal(service, operation, input)).toMatchObject({ name, message });
    },
  );

  test('takes what the model allows, and what no model is known of', async () => {
    const machine = { name: 'm', definition: '{}', roleArn: ROLE, type: 'EXPRESS', tags: [] };
    expect(await refusal('states', 'CreateStateMachine', machine)).toBeUndefined();
    expect(await refusal('states', 'constructor', machine)).toBeUndefined();
    expect(await refusal('nothing', 'DoIt', { name: '' })).toBeUndefined();
    // dynalite says it in one sentence with what is absent.
    expect(await refusal('dynamodb', 'CreateTable', { TableName: 'a' })).toBeUndefined();
  });

  test('a text that leads a backtracking expression astray is refused at once', async () => {
    const x = `a${' a'.repeat(250)}\u0000`;
    const Targets = [{ Id: 'a', Arn: ROLE, HttpParameters: { HeaderParameters: { x } } }];
    const startedAt = process.cpuUsage();
    expect(await refusal('events', 'PutTargets', { Rule: 'r', Targets })).toMatchObject({
      message: expect.stringContaining("at 'targets.1.member.httpParameters.headerParameters'"),
    });
    expect(process.cpuUsage(startedAt).user).toBeLessThan(1_000_000);
  });
});
