import { describe, expect, test } from '@jest/globals';
import { createTestExecutions, requestOf, type Script } from '../test-executions.ts';

const ACTIVITY = 'arn:aws:states:eu-west-1:123456789012:activity:pack';
const EXECUTION = 'arn:aws:states:eu-west-1:123456789012:execution:orders:one';

async function createActivity() {
  const notified: string[] = [];
  const work: Script = (input, ports, signal) =>
    ports.performActivity(
      requestOf(ACTIVITY, input),
      {
        started: (workerName) => void notified.push(`started by ${workerName}`),
        heartbeat: () => void notified.push('heartbeat'),
      },
      signal,
    );
  const rehearsal = createTestExecutions({ orders: work });
  const stateMachineArn = rehearsal.machine('orders');
  await rehearsal.states('CreateActivity', { name: 'pack' });
  const start = () =>
    rehearsal.states('StartExecution', { stateMachineArn, name: 'one', input: '{"box":1}' });
  return { ...rehearsal, notified, start };
}

describe('GetActivityTask', () => {
  test('hands a task that waits to the worker that asks', async () => {
    const { states, start, notified, executions } = await createActivity();
    await start();

    const task = await states('GetActivityTask', { activityArn: ACTIVITY, workerName: 'ann' });
    expect(task['input']).toBe('{"box":1}');
    await states('SendTaskHeartbeat', { taskToken: task['taskToken'] });
    await states('SendTaskSuccess', { taskToken: task['taskToken'], output: '{"packed":1}' });

    expect((await executions.ended(EXECUTION)).summary.output).toEqual({ packed: 1 });
    expect(notified).toEqual(['started by ann', 'heartbeat']);
  });

  test('hands a task to the worker that waits for one', async () => {
    const { states, start, notified } = await createActivity();
    const polling = states('GetActivityTask', { activityArn: ACTIVITY });

    await start();

    expect((await polling)['input']).toBe('{"box":1}');
    expect(notified).toEqual(['started by undefined']);
  });

  test('hands a task to nobody who has hung up', async () => {
    const { states, start, executions } = await createActivity();
    const leaving = new AbortController();
    const caller = { arn: 'arn:aws:iam::123456789012:root', signal: leaving.signal };
    const left = executions.service.actions['GetActivityTask']?.({ activityArn: ACTIVITY }, caller);
    const polling = states('GetActivityTask', { activityArn: ACTIVITY });

    leaving.abort();
    await start();

    expect(await left).toEqual({});
    expect((await polling)['input']).toBe('{"box":1}');
  });

  test('hands each task to one worker only, the oldest poll first', async () => {
    const { states, start } = await createActivity();
    const served: string[] = [];
    for (const name of ['first', 'second']) {
      void states('GetActivityTask', { activityArn: ACTIVITY }).then(() => served.push(name));
    }

    await start();
    await new Promise((resolve) => setImmediate(resolve));

    expect(served).toEqual(['first']);
  });

  test('returns nothing after a minute, which is no reason for time to skip', async () => {
    const { states, clock } = await createActivity();
    const polling = states('GetActivityTask', { activityArn: ACTIVITY });
    const start = clock.now().getTime();

    await clock.rested();
    expect(clock.now().getTime()).toBe(start);
    clock.skipTo(start + 60_000);

    expect(await polling).toEqual({});
  });

  test('hands out no task of an execution that was stopped', async () => {
    const { states, start, clock } = await createActivity();
    await start();
    await states('StopExecution', { executionArn: EXECUTION });

    const polling = states('GetActivityTask', { activityArn: ACTIVITY });
    clock.skipTo(clock.now().getTime() + 60_000);

    expect(await polling).toEqual({});
  });

  test.each(['GetActivityTask', 'DescribeActivity'])(
    '%s refuses an unknown one',
    async (action) => {
      const activityArn = ACTIVITY.replace('pack', 'none');

      await expect(createTestExecutions({}).states(action, { activityArn })).rejects.toMatchObject({
        name: 'ActivityDoesNotExist',
        message: `Activity Does Not Exist: '${activityArn}'`,
      });
    },
  );
});

describe('CreateActivity', () => {
  test('is idempotent, and shows in DescribeActivity and ListActivities', async () => {
    const { states } = await createActivity();
    const creationDate = new Date('2026-01-05T10:00:00.000Z');

    expect(await states('CreateActivity', { name: 'pack' })).toEqual({
      activityArn: ACTIVITY,
      creationDate,
    });
    const activity = { activityArn: ACTIVITY, name: 'pack', creationDate };
    expect(await states('DescribeActivity', { activityArn: ACTIVITY })).toEqual({
      ...activity,
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    });
    expect(await states('ListActivities', {})).toEqual({ activities: [activity] });
  });

  test('refuses a name with a control character', async () => {
    const { states } = createTestExecutions({});

    await expect(states('CreateActivity', { name: 'a\u001f' })).rejects.toMatchObject({
      name: 'InvalidName',
    });
  });
});

describe('DeleteActivity', () => {
  test('leaves executions without it, and says so in their history', async () => {
    const { states, start, executions } = await createActivity();
    await states('DeleteActivity', { activityArn: ACTIVITY });

    await start();

    expect((await executions.ended(EXECUTION)).summary).toMatchObject({
      status: 'FAILED',
      cause: `The activity ${ACTIVITY} does not exist.`,
    });
  });
});
