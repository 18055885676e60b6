import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../core/aws-error.ts';
import type { JsonObject } from '../core/json.ts';
import type { ServiceCall } from '../core/service.ts';
import { AMAZON_STATES_LANGUAGE } from './amazon-states-language.ts';
import { createTestExecutions, ROLE_ARN } from './test-executions.ts';

/** Runs a definition in the real language; `prepare` sees the rehearsal before the execution starts. */
function createMachine(definition: JsonObject, call?: ServiceCall) {
  const rehearsal = createTestExecutions(
    {},
    { interpreter: AMAZON_STATES_LANGUAGE, ...(call === undefined ? {} : { call }) },
  );
  const stateMachineArn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders';
  const defined = rehearsal.executions.define({
    arn: stateMachineArn,
    name: 'orders',
    type: 'STANDARD',
    roleArn: ROLE_ARN,
    definition,
  });
  expect(defined).toEqual({ ok: true, value: undefined });
  const executionArn = 'arn:aws:states:eu-west-1:123456789012:execution:orders:one';
  const start = (input: object = {}) =>
    rehearsal.states('StartExecution', {
      stateMachineArn,
      name: 'one',
      input: JSON.stringify(input),
    });
  const types = () =>
    rehearsal.store
      .events(executionArn, 1, 1_000)
      .map(({ type, previousEventId }) => [type, previousEventId]);
  const ended = () => rehearsal.executions.ended(executionArn);
  return { ...rehearsal, start, types, ended, executionArn };
}

const SEND: JsonObject = {
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
  TimeoutSeconds: 60,
  Arguments: {
    QueueUrl: 'http://queue',
    MessageBody: { token: '{% $states.context.Task.Token %}' },
  },
  End: true,
};

const WAITING: JsonObject = { QueryLanguage: 'JSONata', StartAt: 'Ship', States: { Ship: SEND } };

/** The token in the body of the only message sent. */
function sentToken(calls: readonly { readonly input: object }[]): string {
  const [call] = calls;
  const body: unknown = Object(call?.input)['MessageBody'];
  return JSON.parse(String(body)).token;
}

describe('an execution in the States Language', () => {
  test('waits for a token, which time never skips over', async () => {
    const { start, states, clock, calls, ended, types } = createMachine(WAITING);
    await start();
    const startMs = clock.now().getTime();
    await clock.rested();
    expect(clock.now().getTime()).toBe(startMs);
    expect(clock.nextAwaited()).toBe(startMs + 60_000);

    await states('SendTaskSuccess', { taskToken: sentToken(calls), output: '{"shipped":true}' });

    expect((await ended()).summary.output).toEqual({ shipped: true });
    expect(types()).toEqual([
      ['ExecutionStarted', 0],
      ['TaskStateEntered', 0],
      ['TaskScheduled', 2],
      ['TaskStarted', 3],
      ['TaskSubmitted', 4],
      ['TaskSucceeded', 5],
      ['TaskStateExited', 6],
      ['ExecutionSucceeded', 7],
    ]);
  });

  test.each([
    [262_142, 'SUCCEEDED', undefined],
    [262_143, 'FAILED', 'States.DataLimitExceeded'],
  ])('takes a text of %i characters as a result: %s', async (length, status, error) => {
    const Resource = 'arn:aws:lambda:eu-west-1:123456789012:function:charge';
    const { start, ended } = createMachine(
      { StartAt: 'Charge', States: { Charge: { Type: 'Task', Resource, End: true } } },
      async () => ({ Payload: new TextEncoder().encode(JSON.stringify('x'.repeat(length))) }),
    );
    await start();

    const { summary } = await ended();
    expect({ status: summary.status, error: summary.error }).toEqual({ status, error });
  });

  test('times out when nobody answers, and refuses the result that comes too late', async () => {
    const { start, states, clock, calls, ended } = createMachine(WAITING);
    await start();
    await clock.rested();

    clock.skipTo(clock.nextAwaited() ?? 0);

    expect((await ended()).summary).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    await expect(
      states('SendTaskSuccess', { taskToken: sentToken(calls), output: '1' }),
    ).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  test('stops in the middle of a wait for a token', async () => {
    const { start, states, clock, types, ended, executionArn } = createMachine(WAITING);
    await start();
    await clock.rested();

    await states('StopExecution', { executionArn });
    await clock.rested();

    expect((await ended()).summary.status).toBe('ABORTED');
    expect(types().at(-1)).toEqual(['ExecutionAborted', 0]);
  });

  const caught: JsonObject = {
    QueryLanguage: 'JSONata',
    StartAt: 'Claim',
    States: {
      Claim: {
        Type: 'Task',
        Resource: 'arn:aws:states:::dynamodb:putItem',
        Arguments: { TableName: 'orders', Item: { id: { S: '1' } } },
        Retry: [{ ErrorEquals: ['DynamoDB.ProvisionedThroughputExceededException'] }],
        Catch: [
          {
            ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'],
            Output: '{% $states.errorOutput.Error %}',
            Next: 'Duplicate',
          },
          { ErrorEquals: ['States.ALL'], Next: 'Swallowed' },
        ],
        End: true,
      },
      Duplicate: { Type: 'Succeed' },
      Swallowed: { Type: 'Succeed' },
    },
  };

  test('catches what a service refuses, by the name that AWS gives it', async () => {
    const { start, ended } = createMachine(caught, () => {
      throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed');
    });
    await start();

    expect((await ended()).summary).toMatchObject({
      status: 'SUCCEEDED',
      output: 'DynamoDB.ConditionalCheckFailedException',
    });
  });

  test('retries with waits that time skips', async () => {
    let attempts = 0;
    const { start, ended, clock } = createMachine(caught, async () => {
      attempts += 1;
      if (attempts < 3) throw new AwsError('ProvisionedThroughputExceededException', 'slow down');
      return {};
    });
    const startMs = clock.now().getTime();
    await start();

    expect((await ended()).summary.status).toBe('SUCCEEDED');
    expect(attempts).toBe(3);
    // IntervalSeconds 1, BackoffRate 2.
    expect(clock.now().getTime() - startMs).toBe(3_000);
  });

  test('lets no States.ALL catch a bug of ours', async () => {
    const bug = new TypeError('a bug');
    const { start, ended, bugs, types, clock } = createMachine(caught, () => {
      throw bug;
    });
    await start();

    expect((await ended()).summary).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(types().flat()).not.toContain('SucceedStateEntered');
    await clock.rested();
    expect(bugs).toEqual([bug]);
  });

  test('ends a loop without end at 25,000 events', async () => {
    const { start, ended } = createMachine({
      StartAt: 'Again',
      States: {
        Again: {
          Type: 'Choice',
          Choices: [{ Variable: '$.end', IsPresent: true, Next: 'End' }],
          Default: 'Again',
        },
        End: { Type: 'Succeed' },
      },
    });
    await start();

    const { summary, eventCount } = await ended();
    expect(eventCount).toBe(25_000);
    expect(summary).toMatchObject({
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
  });

  test('offers a task to a worker of an activity', async () => {
    const activityArn = 'arn:aws:states:eu-west-1:123456789012:activity:pack';
    const { start, states, ended, types } = createMachine({
      StartAt: 'Pack',
      States: { Pack: { Type: 'Task', Resource: activityArn, End: true } },
    });
    await states('CreateActivity', { name: 'pack' });
    await start({ box: 1 });

    const { taskToken, input } = await states('GetActivityTask', { activityArn, workerName: 'w' });
    expect(input).toBe('{"box":1}');
    await states('SendTaskSuccess', { taskToken, output: '2' });

    expect((await ended()).summary.output).toBe(2);
    expect(types().slice(2, 5)).toEqual([
      ['ActivityScheduled', 2],
      ['ActivityStarted', 3],
      ['ActivitySucceeded', 4],
    ]);
  });

  test('gives an Express execution five minutes', async () => {
    const { states } = createTestExecutions({}, { interpreter: AMAZON_STATES_LANGUAGE });
    const definition = '{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":301,"End":true}}}';
    const given = { name: 'slow', definition, roleArn: ROLE_ARN, type: 'EXPRESS' };
    const { stateMachineArn } = await states('CreateStateMachine', given);

    expect(await states('StartSyncExecution', { stateMachineArn })).toMatchObject({
      status: 'TIMED_OUT',
      error: 'States.Timeout',
      billingDetails: { billedDurationInMilliseconds: 300_000 },
    });
  });
});

describe('an execution that starts its own machine', () => {
  test('is stopped after a hundred rounds, with a message that says so', async () => {
    const { start, store, clock } = createMachine({
      QueryLanguage: 'JSONata',
      StartAt: 'Again',
      States: {
        Again: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution',
          Arguments: {
            StateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders',
            Input: {},
          },
          End: true,
        },
      },
    });

    await start();
    await clock.rested();

    const all = store.executions();
    expect(all).toHaveLength(100);
    expect(all.filter(({ summary }) => summary.status === 'SUCCEEDED')).toHaveLength(99);
    expect(all.at(-1)?.summary).toMatchObject({
      status: 'FAILED',
      error: 'StepFunctions.ExecutionLimitExceededException',
      cause: expect.stringContaining('starts itself, 100 times over by now'),
    });
  });
});
