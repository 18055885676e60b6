import { describe, expect, test } from '@jest/globals';
import { AMAZON_STATES_LANGUAGE } from '../amazon-states-language.ts';
import { createTestExecutions, ROLE_ARN } from '../test-executions.ts';

const DEFINITION = '{"StartAt": "orders"}';
const ARN = 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders';

const create = (states: ReturnType<typeof createTestExecutions>['states'], more: object = {}) =>
  states('CreateStateMachine', {
    name: 'orders',
    definition: DEFINITION,
    roleArn: ROLE_ARN,
    ...more,
  });

describe('CreateStateMachine', () => {
  test('creates what DescribeStateMachine and ListStateMachines then return', async () => {
    const { states } = createTestExecutions({});

    const created = await create(states);

    const creationDate = new Date('2026-01-05T10:00:00.000Z');
    expect(created).toEqual({ stateMachineArn: ARN, creationDate });
    expect(await states('DescribeStateMachine', { stateMachineArn: ARN })).toEqual({
      stateMachineArn: ARN,
      name: 'orders',
      status: 'ACTIVE',
      definition: DEFINITION,
      roleArn: ROLE_ARN,
      type: 'STANDARD',
      creationDate,
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    });
    expect(await states('ListStateMachines', {})).toEqual({
      stateMachines: [{ stateMachineArn: ARN, name: 'orders', type: 'STANDARD', creationDate }],
    });
  });

  test('returns the same again for the same, and refuses what differs even in a space', async () => {
    const { states } = createTestExecutions({});
    const created = await create(states);

    expect(await create(states, { roleArn: `${ROLE_ARN}-2` })).toEqual(created);
    await expect(create(states, { definition: '{"StartAt":"orders"}' })).rejects.toMatchObject({
      name: 'StateMachineAlreadyExists',
      message: `State Machine Already Exists: '${ARN}'`,
    });
  });

  test.each([
    [
      { definition: 'not a definition' },
      'InvalidDefinition',
      "Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (String)\"not a definition\"; line: 1, column: 4]'",
    ],
    [
      { definition: '{}' },
      'InvalidDefinition',
      "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [StartAt] at /'",
    ],
    [{ name: 'a/b' }, 'InvalidName', "Invalid Name: 'a/b'"],
    [
      { versionDescription: 'HelloWorld!' },
      'ValidationException',
      'Version description can only be set when publish is true',
    ],
  ])('refuses %j', async (given, name, message) => {
    const { states } = createTestExecutions({});

    await expect(create(states, given)).rejects.toMatchObject({ name, message });
  });

  test('refuses task tokens in Express workflows, in the words of AWS', async () => {
    const { states } = createTestExecutions(
      {},
      { resources: ['arn:aws:states:::sns:publish.waitForTaskToken'] },
    );

    await expect(create(states, { type: 'EXPRESS' })).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message:
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Express state machine does not support '.waitForTaskToken' service integration  at /States/Task/Resource'",
    });
  });

  test.each([' ', '<', '>', '{', '}', '[', ']', '?', '*', '"', '#', '%', '\\', '^', '|', '~', '`'])(
    'refuses a name with %j',
    async (character) => {
      const name = `a${character}b`;

      await expect(create(createTestExecutions({}).states, { name })).rejects.toMatchObject({
        message: `Invalid Name: '${name}'`,
      });
    },
  );
});

describe('UpdateStateMachine', () => {
  test('changes what it is given and makes a revision', async () => {
    const { states } = createTestExecutions({});
    await create(states);

    const definition = '{"StartAt":"other"}';
    const { revisionId } = await states('UpdateStateMachine', { stateMachineArn: ARN, definition });

    expect(await states('DescribeStateMachine', { stateMachineArn: ARN })).toMatchObject({
      definition,
      roleArn: ROLE_ARN,
      revisionId,
    });
  });

  test('refuses an update of nothing', async () => {
    const { states } = createTestExecutions({});
    await create(states);

    await expect(states('UpdateStateMachine', { stateMachineArn: ARN })).rejects.toMatchObject({
      name: 'MissingRequiredParameter',
      message:
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
    });
  });
});

describe('DeleteStateMachine', () => {
  test('makes the machine unknown, and does not mind one that is', async () => {
    const { states } = createTestExecutions({});
    await create(states);

    await states('DeleteStateMachine', { stateMachineArn: ARN });
    await states('DeleteStateMachine', { stateMachineArn: ARN });

    await expect(states('DescribeStateMachine', { stateMachineArn: ARN })).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
  });
});

describe('DeleteStateMachine, while executions run', () => {
  test('lets them end at their next transition, and starts no more meanwhile', async () => {
    const { executions, states } = createTestExecutions(
      {},
      { interpreter: AMAZON_STATES_LANGUAGE },
    );
    const wait = { Type: 'Wait', Seconds: 60, Next: 'Last' };
    const definition = JSON.stringify({
      StartAt: 'First',
      States: { First: wait, Last: { Type: 'Wait', Seconds: 3600, End: true } },
    });
    await create(states, { definition });
    const { executionArn } = await states('StartExecution', { stateMachineArn: ARN });

    await states('DeleteStateMachine', { stateMachineArn: ARN });

    expect(await states('DescribeStateMachine', { stateMachineArn: ARN })).toMatchObject({
      status: 'DELETING',
    });
    await expect(states('StartExecution', { stateMachineArn: ARN })).rejects.toMatchObject({
      name: 'StateMachineDeleting',
      message: `State Machine Being Deleted: '${ARN}'`,
    });
    const { summary } = await executions.ended(String(executionArn));
    expect(summary).toMatchObject({ status: 'ABORTED', stoppedAt: '2026-01-05T10:01:00.000Z' });
    await expect(states('DescribeStateMachine', { stateMachineArn: ARN })).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
  });
});

describe('ValidateStateMachineDefinition', () => {
  const location = '[Source: (String)"not a definition"; line: 1, column: 4]';
  test.each([
    [
      ' ',
      [
        {
          code: 'SCHEMA_VALIDATION_FAILED',
          message: 'Definition must be a valid JSON object',
          severity: 'ERROR',
        },
      ],
    ],
    [
      'not a definition',
      [
        {
          code: 'INVALID_JSON_DESCRIPTION',
          location,
          message: `Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at ${location}`,
          severity: 'ERROR',
        },
      ],
    ],
    [
      '{}',
      [
        {
          code: 'SCHEMA_VALIDATION_FAILED',
          location: '/',
          message: 'These fields are required: [StartAt]',
          severity: 'ERROR',
        },
      ],
    ],
  ])('says what is wrong with %j', async (definition, diagnostics) => {
    const { states } = createTestExecutions({});

    expect(await states('ValidateStateMachineDefinition', { definition })).toEqual({
      result: 'FAIL',
      diagnostics,
      truncated: false,
    });
  });

  test('finds nothing wrong with a good one, and creates nothing', async () => {
    const { states } = createTestExecutions({});

    expect(await states('ValidateStateMachineDefinition', { definition: DEFINITION })).toEqual({
      result: 'OK',
      diagnostics: [],
      truncated: false,
    });
    expect(await states('ListStateMachines', {})).toEqual({ stateMachines: [] });
  });
});

describe('TagResource', () => {
  test('sets, changes and takes away tags', async () => {
    const { states } = createTestExecutions({});
    await create(states, { tags: [{ key: 'team', value: 'orders' }] });

    await states('TagResource', {
      resourceArn: ARN,
      tags: [
        { key: 'team', value: 'payments' },
        { key: 'stage', value: 'local' },
      ],
    });
    await states('UntagResource', { resourceArn: ARN, tagKeys: ['stage'] });

    expect(await states('ListTagsForResource', { resourceArn: ARN })).toEqual({
      tags: [{ key: 'team', value: 'payments' }],
    });
    await expect(states('ListTagsForResource', { resourceArn: `${ARN}2` })).rejects.toMatchObject({
      name: 'ResourceNotFound',
    });
  });
});
