import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../../core/aws-error.ts';
import type { JsonObject } from '../../core/json.ts';
import { openFileStore } from '../../history/file-store.ts';
import { createMemoryStore } from '../../history/memory-store.ts';
import { AMAZON_STATES_LANGUAGE } from '../amazon-states-language.ts';
import { createTestExecutions, ROLE_ARN } from '../test-executions.ts';

const ARN = 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders';
const DAY_MS = 24 * 60 * 60 * 1000;

const SEND = {
  Type: 'Task',
  QueryLanguage: 'JSONata',
  Resource: 'arn:aws:states:::sqs:sendMessage',
  Arguments: { QueueUrl: 'queue', MessageBody: '{% $string($count) %}' },
  Output: '{% { "count": $count, "redrives": $states.context.Execution.RedriveCount } %}',
  End: true,
};

/** A machine of two states, the second of which fails as often as is said. */
async function failing(
  times: number,
  second: JsonObject = SEND,
  { more = {}, store = createMemoryStore() } = {},
) {
  let calls = 0;
  const made = createTestExecutions(
    {},
    {
      store,
      interpreter: AMAZON_STATES_LANGUAGE,
      call: async () => {
        calls += 1;
        if (calls <= times) throw new AwsError('QueueDoesNotExist', 'No queue');
        return {};
      },
    },
  );
  const { states, executions } = made;
  const definition = JSON.stringify({
    StartAt: 'First',
    States: {
      First: { Type: 'Pass', Assign: { count: 7 }, Next: 'Second' },
      Second: second,
      ...more,
    },
  });
  await states('CreateStateMachine', { name: 'orders', definition, roleArn: ROLE_ARN });
  const { executionArn } = await states('StartExecution', { stateMachineArn: ARN });
  await executions.ended(String(executionArn));
  const redrive = async (more: object = {}) => {
    const response = await states('RedriveExecution', { executionArn, ...more });
    await executions.ended(String(executionArn));
    return response;
  };
  return { ...made, sent: made.calls, executionArn, redrive, calls: () => calls };
}

describe('RedriveExecution', () => {
  test('goes on in the state that failed, with its input and its variables', async () => {
    const { states, executionArn, redrive } = await failing(1);
    const redriveDate = new Date('2026-01-05T10:00:00.000Z');

    expect(await redrive()).toEqual({ redriveDate });

    expect(await states('DescribeExecution', { executionArn })).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"count":7,"redrives":1}',
      redriveCount: 1,
      redriveDate,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
    const { events } = await states('GetExecutionHistory', { executionArn });
    const all: readonly { id: number; previousEventId: number; type: string }[] = Array.isArray(
      events,
    )
      ? events
      : [];
    expect(all.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
      [1, 0, 'ExecutionStarted'],
      [2, 0, 'PassStateEntered'],
      [3, 2, 'PassStateExited'],
      [4, 3, 'TaskStateEntered'],
      [5, 4, 'TaskScheduled'],
      [6, 5, 'TaskStarted'],
      [7, 6, 'TaskFailed'],
      [8, 7, 'ExecutionFailed'],
      [9, 8, 'ExecutionRedriven'],
      [10, 9, 'TaskScheduled'],
      [11, 10, 'TaskStarted'],
      [12, 11, 'TaskSucceeded'],
      [13, 12, 'TaskStateExited'],
      [14, 13, 'ExecutionSucceeded'],
    ]);
    expect(all[8]).toMatchObject({ executionRedrivenEventDetails: { redriveCount: 1 } });
  });

  test('goes on into a Distributed Map, the history being in files', async () => {
    const { store } = openFileStore(mkdtempSync(join(tmpdir(), 'signalbox-redrive-')));
    const { End: _, ...send } = SEND;
    const third = {
      Type: 'Map',
      QueryLanguage: 'JSONata',
      Items: [1, 2],
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Same',
        States: { Same: { Type: 'Pass', End: true } },
      },
      End: true,
    };
    const next = { ...send, Next: 'Third' };
    const { states, executionArn, redrive, bugs } = await failing(1, next, {
      more: { Third: third },
      store,
    });

    await redrive();

    expect(bugs).toEqual([]);
    expect(await states('DescribeExecution', { executionArn })).toMatchObject({
      status: 'SUCCEEDED',
      output: '[1,2]',
    });
    await store.close();
  });

  test('counts each redrive, notifies the bus, and lists what was redriven', async () => {
    const { states, redrive, events } = await failing(2);

    await redrive();
    await redrive();

    expect(events.map(({ detail }) => [detail['status'], detail['redriveCount']])).toEqual([
      ['RUNNING', 0],
      ['FAILED', 0],
      ['RUNNING', 1],
      ['FAILED', 1],
      ['RUNNING', 2],
      ['SUCCEEDED', 2],
    ]);
    const listed = { stateMachineArn: ARN, redriveFilter: 'REDRIVEN' };
    expect(await states('ListExecutions', listed)).toMatchObject({
      executions: [{ redriveCount: 2 }],
    });
  });

  test('returns a client token again without another redrive', async () => {
    const { redrive, calls } = await failing(1);
    const first = await redrive({ clientToken: 'once' });

    expect(await redrive({ clientToken: 'once' })).toEqual(first);
    expect(calls()).toBe(2);
  });

  test('enters a Fail state anew', async () => {
    const { states, executionArn, redrive } = await failing(0, { Type: 'Fail', Error: 'No' });

    await redrive();

    expect(await states('DescribeExecution', { executionArn })).toMatchObject({
      status: 'FAILED',
      error: 'No',
      redriveStatus: 'REDRIVABLE',
    });
    const { events } = await states('GetExecutionHistory', { executionArn });
    expect(events).toMatchObject({
      5: { type: 'ExecutionRedriven' },
      6: { type: 'FailStateEntered' },
    });
  });

  test('runs only the branches of a Parallel that were not successful', async () => {
    const send = (MessageBody: string) => ({
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:sqs:sendMessage',
      Parameters: { QueueUrl: 'queue', MessageBody },
      ResultPath: null,
      End: true,
    });
    const branch = (name: string, first: JsonObject) => ({
      StartAt: `${name}1`,
      States: { [`${name}1`]: first },
    });
    const parallel = {
      Type: 'Parallel',
      Branches: [
        branch('Bad', send('bad')),
        branch('Good', { Type: 'Pass', Result: 'good', End: true }),
        branch('Slow', { Type: 'Wait', Seconds: 60, End: true }),
      ],
      End: true,
    };
    const { states, executionArn, redrive, calls } = await failing(1, parallel);

    await redrive();

    expect(calls()).toBe(2);
    expect(await states('DescribeExecution', { executionArn })).toMatchObject({
      status: 'SUCCEEDED',
      output: '[{},"good",{}]',
    });
    const { events } = await states('GetExecutionHistory', { executionArn });
    const all: readonly { type: string }[] = Array.isArray(events) ? events : [];
    const types = all.map(({ type }) => type);
    const after = types.slice(types.indexOf('ExecutionRedriven'));
    expect(after).not.toContain('PassStateEntered');
    expect(after.filter((type) => type === 'TaskScheduled')).toHaveLength(1);
    expect(after.slice(-3)).toEqual([
      'ParallelStateSucceeded',
      'ParallelStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('runs only the iterations of a Map that were not successful, twice over', async () => {
    const processor = {
      StartAt: 'Keep',
      States: {
        Keep: { Type: 'Pass', QueryLanguage: 'JSONata', Next: 'Send' },
        Send: {
          Type: 'Task',
          QueryLanguage: 'JSONata',
          Resource: 'arn:aws:states:::aws-sdk:sqs:sendMessage',
          Arguments: { QueueUrl: 'queue', MessageBody: '{% $states.input %}' },
          Output: '{% $states.input %}',
          End: true,
        },
      },
    };
    const map = {
      Type: 'Map',
      QueryLanguage: 'JSONata',
      Items: ['a', 'b', 'c'],
      MaxConcurrency: 1,
      ItemProcessor: processor,
      End: true,
    };
    const { states, executionArn, redrive, sent } = await failing(2, map);

    await redrive();
    await redrive();

    expect(sent.map(({ input }) => ('MessageBody' in input ? input.MessageBody : ''))).toEqual([
      'a',
      'a',
      'a',
      'b',
      'c',
    ]);
    expect(await states('DescribeExecution', { executionArn })).toMatchObject({
      status: 'SUCCEEDED',
      output: '["a","b","c"]',
      redriveCount: 2,
    });
    const { events } = await states('GetExecutionHistory', { executionArn });
    const all: readonly { type: string }[] = Array.isArray(events) ? events : [];
    expect(all.filter(({ type }) => type === 'PassStateEntered')).toHaveLength(4);
  });

  test('refuses what succeeded', async () => {
    const { redrive } = await failing(0);

    await expect(redrive()).rejects.toMatchObject({
      name: 'ExecutionNotRedrivable',
      message: 'Execution is SUCCEEDED and cannot be redriven',
    });
  });

  test('refuses after 14 days, and says so before', async () => {
    const { states, executionArn, redrive, clock } = await failing(1);
    const later = new Promise<void>((resolve) => {
      clock.at(clock.now().getTime() + 14 * DAY_MS + 1, resolve);
    });
    await later;

    expect(await states('DescribeExecution', { executionArn })).toMatchObject({
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution redrivable period exceeded',
    });
    await expect(redrive()).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
  });
});
