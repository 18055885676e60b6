import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../core/json.ts';
import { AMAZON_STATES_LANGUAGE } from '../amazon-states-language.ts';
import { createTestExecutions, ROLE_ARN } from '../test-executions.ts';
import { readMockConfig } from './mock-config.ts';

const CONFIG = {
  StateMachines: {
    orders: {
      TestCases: { Retried: { Charge: 'FailsOnce' }, Refused: { Charge: 'Refuses' } },
    },
  },
  MockedResponses: {
    FailsOnce: {
      '0': { Throw: { Error: 'Busy', Cause: 'later' } },
      '1-2': { Return: { paid: true } },
    },
    Refuses: { '0': { Throw: { Error: 'Refused', Cause: 'no' } } },
  },
};

const DEFINITION = {
  StartAt: 'Charge',
  States: {
    Charge: {
      Type: 'Task',
      Resource: 'arn:aws:states:::glue:startJobRun.sync',
      Parameters: { JobName: 'j' },
      Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1 }],
      End: true,
    },
  },
};

async function machineWith(config: Json) {
  const read = readMockConfig(config);
  if (!read.ok) throw new Error('the mocks are wrong');
  const { states, executions } = createTestExecutions(
    {},
    { interpreter: AMAZON_STATES_LANGUAGE, mocks: () => read.value },
  );
  const given = { name: 'orders', definition: JSON.stringify(DEFINITION), roleArn: ROLE_ARN };
  const { stateMachineArn } = await states('CreateStateMachine', given);
  return {
    start: (testCase: string) =>
      states('StartExecution', { stateMachineArn: `${stateMachineArn}#${testCase}` }),
    startPlainly: () => states('StartExecution', { stateMachineArn }),
    ended: async (executionArn: unknown) => (await executions.ended(String(executionArn))).summary,
  };
}

describe('an execution of a test case', () => {
  test('takes the results of its tasks from the file, by attempt', async () => {
    const { start, ended } = await machineWith(CONFIG);
    const { executionArn } = await start('Retried');

    expect(await ended(executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      output: { paid: true },
    });
  });

  test('fails as the file throws', async () => {
    const { start, ended } = await machineWith(CONFIG);
    const { executionArn } = await start('Refused');

    expect(await ended(executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'Refused',
      cause: 'no',
    });
  });

  test('takes the case Default where none is named, and the machine has it', async () => {
    const orders = { TestCases: { Default: { Charge: 'Refuses' } } };
    const { startPlainly, ended } = await machineWith({ ...CONFIG, StateMachines: { orders } });
    const { executionArn } = await startPlainly();

    expect(await ended(executionArn)).toMatchObject({ status: 'FAILED', error: 'Refused' });
  });

  test('is refused where the file has no such case', async () => {
    const { start } = await machineWith(CONFIG);

    await expect(start('Nothing')).rejects.toMatchObject({
      name: 'ValidationException',
      message: "There is no test case 'Nothing' of orders in the mock configuration",
    });
  });

  test('runs unmocked after a bare mark', async () => {
    const { start, ended } = await machineWith(CONFIG);
    const { executionArn } = await start('');

    expect(await ended(executionArn)).toMatchObject({ error: 'Glue.NotServedByRehearsal' });
  });
});

describe('readMockConfig()', () => {
  test('says all that is wrong at once, with its place', () => {
    const read = readMockConfig({
      StateMachines: { m: { TestCases: { c: { S: 'Missing' } } } },
      MockedResponses: {
        A: { first: { Return: 1 }, '0': { Return: 1, Throw: { Error: 'E' } }, '1': { Throw: {} } },
      },
    });

    expect(read.ok ? [] : read.problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'MockedResponses.A.0: A result is either Return or Throw',
      'MockedResponses.A.1: Throw needs an Error',
      'MockedResponses.A.first: Attempts are a number, such as 0, or a range, 1-2',
      'StateMachines.m.TestCases.c.S: There is no mocked response "Missing" in MockedResponses',
    ]);
  });
});
