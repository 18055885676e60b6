import { describe, expect, test } from '@jest/globals';
import { createTestExecutions, requestOf, type Script, succeeded } from '../test-executions.ts';

const EXECUTION = 'arn:aws:states:eu-west-1:123456789012:execution:orders:one';

/** Starts an execution that hands out a token and waits for its result. */
async function createWaiting(script?: Script) {
  const tokens: string[] = [];
  const heartbeats: number[] = [];
  const rehearsal = createTestExecutions({
    orders:
      script ??
      (async (_, ports, signal) => {
        const token = ports.taskToken();
        tokens.push(token);
        return ports.awaitToken(token, () => heartbeats.push(1), signal);
      }),
  });
  const given = { stateMachineArn: rehearsal.machine('orders'), name: 'one' };
  await rehearsal.states('StartExecution', given);
  return { ...rehearsal, taskToken: tokens[0] ?? '', heartbeats };
}

describe('SendTaskSuccess', () => {
  test('gives the output to the task that waits', async () => {
    const { states, taskToken, executions } = await createWaiting();

    await states('SendTaskSuccess', { taskToken, output: '{"approved": true}' });

    expect((await executions.ended(EXECUTION)).summary.output).toEqual({ approved: true });
  });

  test('is kept when it comes before the task waits', async () => {
    const { executions, bugs } = await createWaiting(async (_, ports, signal) => {
      const taskToken = ports.taskToken();
      const send = { TaskToken: taskToken, Output: { early: true } };
      await ports.invoke(requestOf('arn:aws:states:::aws-sdk:sfn:sendTaskSuccess', send), signal);
      return ports.awaitToken(taskToken, () => {}, signal);
    });

    expect((await executions.ended(EXECUTION)).summary.output).toEqual({ early: true });
    expect(bugs).toEqual([]);
  });

  test('is refused once the task has its result: the first one wins', async () => {
    const { states, taskToken, executions } = await createWaiting();
    await states('SendTaskSuccess', { taskToken, output: '1' });

    await expect(states('SendTaskSuccess', { taskToken, output: '2' })).rejects.toMatchObject({
      name: 'TaskTimedOut',
      message: "Task Timed Out: 'Provided task does not exist anymore'",
    });
    expect((await executions.ended(EXECUTION)).summary.output).toBe(1);
  });

  test('is refused when the execution was stopped', async () => {
    const { states, taskToken } = await createWaiting();
    await states('StopExecution', { executionArn: EXECUTION });

    await expect(states('SendTaskSuccess', { taskToken, output: '1' })).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
  });

  test.each([
    ['NoSuchTaskToken', '1', 'InvalidToken', "Invalid Token: 'Invalid token'"],
    [
      Buffer.from(`${EXECUTION}-other 1`).toString('base64'),
      '1',
      'TaskDoesNotExist',
      "Task Does Not Exist: 'Provided task does not exist'",
    ],
    [
      Buffer.from(`${EXECUTION} 1`).toString('base64'),
      '1',
      'TaskTimedOut',
      "Task Timed Out: 'Provided task does not exist anymore'",
    ],
  ])('refuses the token %s', async (taskToken, output, name, message) => {
    const { states } = await createWaiting();

    await expect(states('SendTaskSuccess', { taskToken, output })).rejects.toMatchObject({
      name,
      message,
    });
  });

  test('refuses an output that is not JSON, and goes on waiting', async () => {
    const { states, taskToken, executions } = await createWaiting();

    await expect(states('SendTaskSuccess', { taskToken, output: 'no' })).rejects.toMatchObject({
      name: 'InvalidOutput',
      message: expect.stringMatching(/^Invalid Output: 'Unrecognized token 'no'/),
    });
    await states('SendTaskSuccess', { taskToken, output: '"yes"' });
    expect((await executions.ended(EXECUTION)).summary.output).toBe('yes');
  });

  test('refuses an output over 262,144 bytes', async () => {
    const { states, taskToken } = await createWaiting();
    const output = JSON.stringify('x'.repeat(262_143));

    await expect(states('SendTaskSuccess', { taskToken, output })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("Value at 'output'"),
    });
  });
});

describe('SendTaskFailure', () => {
  test('fails the task; what is left out stays out', async () => {
    const { states, taskToken, executions } = await createWaiting();

    await states('SendTaskFailure', { taskToken, cause: 'refused by a person' });

    expect((await executions.ended(EXECUTION)).summary).toMatchObject({
      status: 'FAILED',
      error: undefined,
      cause: 'refused by a person',
    });
  });
});

describe('SendTaskHeartbeat', () => {
  test('reaches the task that waits', async () => {
    const { states, taskToken, heartbeats } = await createWaiting();

    await states('SendTaskHeartbeat', { taskToken });
    await states('SendTaskHeartbeat', { taskToken });

    expect(heartbeats).toHaveLength(2);
  });
});

describe('.waitForTaskToken', () => {
  test('closes a token that the call failed to hand out', async () => {
    const tokens: string[] = [];
    const { states, executions } = await createWaiting(async (_, ports, signal) => {
      const taskToken = ports.taskToken();
      tokens.push(taskToken);
      const given = { StateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:no' };
      const request = requestOf('arn:aws:states:::states:startExecution.waitForTaskToken', given);
      const result = await ports.invoke({ ...request, taskToken }, signal);
      await ports.deadline(60_000, signal);
      return result.kind === 'failed' ? succeeded(result.error ?? '') : result;
    });
    await new Promise((resolve) => setImmediate(resolve));

    await expect(
      states('SendTaskSuccess', { taskToken: tokens[0], output: '1' }),
    ).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await states('StopExecution', { executionArn: EXECUTION });
    await executions.ended(EXECUTION);
  });
});
