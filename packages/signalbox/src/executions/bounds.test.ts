import { describe, expect, test } from '@jest/globals';
import type { Json } from '../core/json.ts';
import { AMAZON_STATES_LANGUAGE } from './amazon-states-language.ts';
import { createTestExecutions, ROLE_ARN, succeeded } from './test-executions.ts';

const ARN = 'arn:aws:states:eu-west-1:123456789012:stateMachine:tree';

describe('StartExecution', () => {
  test('refuses an execution when as many run as may', async () => {
    let finish: (output: Json) => void = () => {};
    const { states, machine, executions } = createTestExecutions(
      { wait: () => new Promise((resolve) => (finish = (output) => resolve(succeeded(output)))) },
      { limits: { openExecutions: 1 } },
    );
    const stateMachineArn = machine('wait');
    const first = await states('StartExecution', { stateMachineArn });

    await expect(states('StartExecution', { stateMachineArn })).rejects.toMatchObject({
      name: 'ExecutionLimitExceeded',
      message:
        'The maximum number of running executions has been reached. Running executions must end or be stopped before a new execution can be started.',
    });
    finish(null);
    await executions.ended(String(first['executionArn']));
    expect(await states('StartExecution', { stateMachineArn })).toHaveProperty('executionArn');
  });

  test('bounds a machine that starts itself twice each time', async () => {
    const { states, executions, store, clock } = createTestExecutions(
      {},
      { interpreter: AMAZON_STATES_LANGUAGE, limits: { recursions: 20 } },
    );
    const start = (name: string) => ({
      StartAt: name,
      States: {
        [name]: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution',
          Parameters: { StateMachineArn: ARN },
          End: true,
        },
      },
    });
    const Both = { Type: 'Parallel', Branches: [start('One'), start('Other')], End: true };
    executions.define({
      ...{ arn: ARN, name: 'tree', type: 'STANDARD', roleArn: ROLE_ARN },
      definition: { StartAt: 'Both', States: { Both } },
    });
    await states('StartExecution', { stateMachineArn: ARN });
    await clock.rested();

    const all = store.executions().map(({ summary }) => summary);
    expect(all).toHaveLength(21);
    const refused = all.filter(({ status }) => status === 'FAILED');
    expect(refused.length).toBeGreaterThan(9);
    for (const { error, cause } of refused) {
      expect(error).toBe('StepFunctions.ExecutionLimitExceededException');
      expect(cause).toContain('was started 20 times by what it started itself');
    }
  });
});
