import { describe, expect, test } from '@jest/globals';
import type { StatusChangeEvent } from './status-change-event.ts';
import { createTestExecutions, ROLE_ARN, requestOf, succeeded } from './test-executions.ts';

const EXECUTION = 'arn:aws:states:eu-west-1:123456789012:execution:orders:one';

/** The statuses of the events, in order. */
const statuses = (events: readonly StatusChangeEvent[]) =>
  events.map(({ detail }) => detail['status']);

describe('createExecutions()', () => {
  test('runs an execution to its end and publishes each status', async () => {
    const { states, machine, executions, events } = createTestExecutions({
      orders: async (input) => succeeded({ was: input }),
    });
    const stateMachineArn = machine('orders');

    const started = await states('StartExecution', {
      stateMachineArn,
      name: 'one',
      input: '{"n": 1}',
    });

    expect(started['executionArn']).toBe(EXECUTION);
    expect((await executions.ended(EXECUTION)).summary.output).toEqual({ was: { n: 1 } });
    expect(await states('DescribeExecution', { executionArn: EXECUTION })).toEqual({
      executionArn: EXECUTION,
      stateMachineArn,
      name: 'one',
      status: 'SUCCEEDED',
      startDate: started['startDate'],
      stopDate: started['startDate'],
      input: '{"n": 1}',
      inputDetails: { included: true },
      output: '{"was":{"n":1}}',
      outputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
    expect(statuses(events)).toEqual(['RUNNING', 'SUCCEEDED']);
  });

  test('gives the interpreter the context object', async () => {
    const { states, machine, executions } = createTestExecutions({
      orders: async (_, ports) => succeeded(ports.context),
    });
    await states('StartExecution', { stateMachineArn: machine('orders'), name: 'one' });

    expect((await executions.ended(EXECUTION)).summary.output).toEqual({
      Execution: {
        Id: EXECUTION,
        Input: {},
        Name: 'one',
        RoleArn: ROLE_ARN,
        StartTime: '2026-01-05T10:00:00.000Z',
        RedriveCount: 0,
      },
      StateMachine: {
        Id: 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders',
        Name: 'orders',
      },
    });
  });

  test('skips the waits of an execution', async () => {
    const { states, machine, executions } = createTestExecutions({
      orders: async (_, ports, signal) => {
        await ports.sleep(86_400_000, signal);
        return succeeded(ports.now().toISOString());
      },
    });
    await states('StartExecution', { stateMachineArn: machine('orders'), name: 'one' });

    expect((await executions.ended(EXECUTION)).summary.output).toBe('2026-01-06T10:00:00.000Z');
  });

  test('ends an execution by a bug of ours as States.Runtime, and hands the stack on', async () => {
    const bug = new TypeError('Cannot read properties of undefined');
    const { states, machine, executions, bugs, events } = createTestExecutions({
      orders: async () => {
        throw bug;
      },
    });
    await states('StartExecution', { stateMachineArn: machine('orders'), name: 'one' });

    const { summary } = await executions.ended(EXECUTION);

    expect(summary).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(summary.cause).not.toContain('undefined');
    expect(bugs).toEqual([bug]);
    expect(statuses(events)).toEqual(['RUNNING', 'FAILED']);
  });

  test('lets a bug in a task end the execution', async () => {
    const bug = new TypeError('a bug in a service');
    const { states, machine, executions, bugs } = createTestExecutions(
      {
        orders: (_, ports, signal) =>
          ports.invoke(requestOf('arn:aws:states:::sqs:sendMessage', {}), signal),
      },
      {
        call: () => {
          throw bug;
        },
      },
    );
    await states('StartExecution', { stateMachineArn: machine('orders'), name: 'one' });

    expect((await executions.ended(EXECUTION)).summary.error).toBe('States.Runtime');
    expect(bugs).toEqual([bug]);
  });

  test('lets a running execution keep the definition that it started with', async () => {
    const { states, machine, executions, clock } = createTestExecutions({
      orders: async (_, ports, signal) => {
        await ports.deadline(60_000, signal);
        return succeeded('old');
      },
      changed: async () => succeeded('new'),
    });
    const stateMachineArn = machine('orders');
    await states('StartExecution', { stateMachineArn, name: 'one' });

    executions.define({
      arn: stateMachineArn,
      name: 'orders',
      type: 'STANDARD',
      roleArn: ROLE_ARN,
      definition: { StartAt: 'changed' },
    });
    await states('StartExecution', { stateMachineArn, name: 'two' });
    clock.skipTo(Number.MAX_SAFE_INTEGER);

    const [one, two] = [EXECUTION, EXECUTION.replace('one', 'two')];
    expect((await executions.ended(one)).summary.output).toBe('old');
    expect((await executions.ended(two)).summary.output).toBe('new');
    const describe = (executionArn: string) =>
      states('DescribeStateMachineForExecution', { executionArn });
    expect((await describe(one))['definition']).toBe('{"StartAt":"orders"}');
    expect((await describe(two))['definition']).toBe('{"StartAt":"changed"}');
  });

  test('refuses a definition with a resource that AWS does not have, by its path', () => {
    const { executions } = createTestExecutions(
      {},
      { resources: ['arn:aws:states:::aws-sdk:ecc:startInstances'] },
    );

    const defined = executions.define({
      arn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders',
      name: 'orders',
      type: 'STANDARD',
      roleArn: ROLE_ARN,
      definition: { StartAt: 'orders' },
    });

    expect(defined).toEqual({
      ok: false,
      problems: [
        {
          message:
            'The resource provided arn:aws:states:::aws-sdk:ecc:startInstances is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.',
          path: 'States.Task.Resource',
        },
      ],
    });
  });

  test('starts no second execution of a name, unless the first runs with the same input', async () => {
    const { states, machine, executions, clock } = createTestExecutions({
      orders: async (_, ports, signal) => {
        await ports.deadline(1_000, signal);
        return succeeded(null);
      },
    });
    const given = { stateMachineArn: machine('orders'), name: 'one', input: '{}' };
    const first = await states('StartExecution', given);

    expect(await states('StartExecution', given)).toEqual(first);
    await expect(states('StartExecution', { ...given, input: '{"x":1}' })).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
      message: `Execution Already Exists: '${EXECUTION}'`,
    });
    clock.skipTo(Number.MAX_SAFE_INTEGER);
    await executions.ended(EXECUTION);
    await expect(states('StartExecution', given)).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    });
  });

  test('stops an execution at once, and takes nothing more into its history', async () => {
    const { states, machine, store, events } = createTestExecutions({
      orders: async (_, ports, signal) => {
        await ports.deadline(60_000, signal);
        ports.history.record({ type: 'WaitStateExited', name: 'Late', output: {} });
        return succeeded(null);
      },
    });
    await states('StartExecution', { stateMachineArn: machine('orders'), name: 'one' });

    const given = { executionArn: EXECUTION, error: 'Operator', cause: 'Half-way' };
    const { stopDate } = await states('StopExecution', given);
    await new Promise((resolve) => setImmediate(resolve));

    expect(stopDate).toEqual(new Date('2026-01-05T10:00:00.000Z'));
    expect(store.events(EXECUTION, 1, 10).map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'ExecutionAborted',
    ]);
    expect(store.find(EXECUTION)?.summary).toMatchObject({
      status: 'ABORTED',
      error: 'Operator',
      cause: 'Half-way',
    });
    expect(statuses(events)).toEqual(['RUNNING', 'ABORTED']);
    expect(await states('StopExecution', { executionArn: EXECUTION })).toEqual({ stopDate });
  });

  test('publishes nothing for Express executions', async () => {
    const { states, machine, executions, events } = createTestExecutions({
      quick: async () => succeeded(1),
    });
    const stateMachineArn = machine('quick', 'EXPRESS');

    const { executionArn } = await states('StartExecution', { stateMachineArn, name: 'one' });
    await executions.ended(String(executionArn));

    expect(executionArn).toMatch(/:express:quick:one:00000000-/);
    expect(events).toEqual([]);
  });

  test('notifies of each event of every execution', async () => {
    const { states, machine, executions, heard } = createTestExecutions({
      orders: async () => succeeded(1),
    });
    await states('StartExecution', { stateMachineArn: machine('orders'), name: 'one' });
    await executions.ended(EXECUTION);

    expect(heard.map(({ id, type }) => [id, type])).toEqual([
      [1, 'ExecutionStarted'],
      [2, 'ExecutionSucceeded'],
    ]);
  });
});

describe('states:startExecution.sync', () => {
  const nest = (suffix: string, child: 'child' | 'failing') =>
    createTestExecutions({
      child: async (_, ports, signal) => {
        await ports.sleep(5_000, signal);
        return succeeded({ from: 'child' });
      },
      failing: async () => ({ kind: 'failed', error: 'Bad', cause: 'by the child' }),
      parent: async (_, ports, signal) => {
        const request = requestOf(`arn:aws:states:::states:startExecution${suffix}`, {
          StateMachineArn: `arn:aws:states:eu-west-1:123456789012:stateMachine:${child}`,
          Name: 'c',
          Input: { a: 1 },
        });
        const submitted = await ports.invoke(request, signal);
        if (submitted.kind === 'failed') return submitted;
        return ports.awaitJob(request, submitted.output, signal);
      },
    });

  async function runParent(suffix: string, child: 'child' | 'failing') {
    const rehearsal = nest(suffix, child);
    rehearsal.machine(child);
    const stateMachineArn = rehearsal.machine('parent');
    const { executionArn } = await rehearsal.states('StartExecution', { stateMachineArn });
    return (await rehearsal.executions.ended(String(executionArn))).summary;
  }

  const envelope = {
    ExecutionArn: 'arn:aws:states:eu-west-1:123456789012:execution:child:c',
    Input: '{"a":1}',
    InputDetails: { Included: true },
    Name: 'c',
    Output: '{"from":"child"}',
    OutputDetails: { Included: true },
    RedriveCount: 0,
    RedriveStatus: 'NOT_REDRIVABLE',
    RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    StartDate: 1767607200000,
    StateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:child',
    Status: 'SUCCEEDED',
    StopDate: 1767607205000,
  };

  test('.sync returns the description of the child, in the order of the alphabet', async () => {
    const { output } = await runParent('.sync', 'child');

    expect(JSON.stringify(output)).toBe(JSON.stringify(envelope));
  });

  test('.sync:2 returns the input and the output as values', async () => {
    const { output } = await runParent('.sync:2', 'child');

    expect(output).toEqual({ ...envelope, Input: { a: 1 }, Output: { from: 'child' } });
  });

  test('fails as States.TaskFailed with the description as its cause', async () => {
    const { error, cause } = await runParent('.sync', 'failing');

    expect(error).toBe('States.TaskFailed');
    expect(JSON.parse(cause ?? '')).toMatchObject({
      Status: 'FAILED',
      Error: 'Bad',
      Cause: 'by the child',
      RedriveStatus: 'REDRIVABLE',
    });
  });

  test('stops the child when the parent is stopped', async () => {
    const { executions, machine, states, store } = createTestExecutions({
      child: async (_, ports, signal) => {
        await ports.deadline(60_000, signal);
        return succeeded(null);
      },
      parent: async (_, ports, signal) => {
        const request = requestOf('arn:aws:states:::states:startExecution.sync', {
          StateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:child',
          Name: 'c',
        });
        const submitted = await ports.invoke(request, signal);
        if (submitted.kind === 'failed') return submitted;
        return ports.awaitJob(request, submitted.output, signal);
      },
    });
    machine('child');
    const given = { stateMachineArn: machine('parent'), name: 'p' };
    const { executionArn } = await states('StartExecution', given);
    await new Promise((resolve) => setImmediate(resolve));

    await states('StopExecution', { executionArn });

    const child = 'arn:aws:states:eu-west-1:123456789012:execution:child:c';
    await executions.ended(child);
    expect(store.find(child)?.summary).toMatchObject({
      status: 'ABORTED',
      cause:
        'The Task state in AWS Step Functions execution [arn:aws:states:eu-west-1:123456789012:execution:parent:p] which was managing this resource was aborted',
    });
  });
});
