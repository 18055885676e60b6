import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createTestExecutions, type Script, succeeded } from '../test-executions.ts';

const MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders';
const EXECUTION = 'arn:aws:states:eu-west-1:123456789012:execution:orders:one';

const atOnce: Script = async (input) => succeeded(input);

const awaiting: Script = async (_, ports, signal) => {
  await ports.deadline(60_000, signal);
  return succeeded(null);
};

/** Walks all pages of a list. */
async function pagesOf(
  call: (nextToken: string | undefined) => Promise<Record<string, unknown>>,
  member: string,
): Promise<unknown[][]> {
  const pages: unknown[][] = [];
  let nextToken: string | undefined;
  do {
    const page = await call(nextToken);
    const items = page[member];
    pages.push(Array.isArray(items) ? items : []);
    nextToken = typeof page['nextToken'] === 'string' ? page['nextToken'] : undefined;
  } while (nextToken !== undefined);
  return pages;
}

describe('StartExecution', () => {
  const name = 'a'.repeat(81);
  const missing = MACHINE.replace('orders', 'missing');
  const large = `"${'ä'.repeat(131_072)}"`;
  test.each([
    [
      { name: 'n' },
      'ValidationException',
      "1 validation error detected: Value null at 'stateMachineArn' failed to satisfy constraint: Member must not be null",
    ],
    [
      { stateMachineArn: 'not-an-arn' },
      'InvalidArn',
      "Invalid Arn: 'Invalid ARN prefix: not-an-arn'",
    ],
    [
      { stateMachineArn: EXECUTION },
      'InvalidArn',
      "Invalid Arn: 'Resource type not valid in this context: execution'",
    ],
    [
      { stateMachineArn: missing, name },
      'ValidationException',
      `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 80`,
    ],
    [
      { stateMachineArn: MACHINE, input: large },
      'ValidationException',
      "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have size less than or equal to 262144 bytes in UTF-8 encoding",
    ],
    [
      { stateMachineArn: missing, name: 'a b', input: '{' },
      'StateMachineDoesNotExist',
      `State Machine Does Not Exist: '${missing}'`,
    ],
    [{ stateMachineArn: MACHINE, name: 'a b' }, 'InvalidName', "Invalid Name: 'a b'"],
    [
      { stateMachineArn: MACHINE, input: '' },
      'InvalidExecutionInput',
      "Invalid State Machine Execution Input: 'Invalid execution input.'",
    ],
    [
      { stateMachineArn: MACHINE, input: 'not some json' },
      'InvalidExecutionInput',
      "Invalid State Machine Execution Input: 'Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')'",
    ],
  ])('refuses %j as AWS does', async (input, name, message) => {
    const { states, machine } = createTestExecutions({ orders: atOnce });
    machine('orders');

    await expect(states('StartExecution', input)).rejects.toMatchObject({ name, message });
  });

  test('takes an input of exactly 262,144 bytes', async () => {
    const { states, machine, executions } = createTestExecutions({ orders: atOnce });
    const input = `"${'ä'.repeat(131_071)}"`;
    expect(Buffer.byteLength(input)).toBe(262_144);

    await states('StartExecution', { stateMachineArn: machine('orders'), name: 'one', input });

    expect((await executions.ended(EXECUTION)).summary.status).toBe('SUCCEEDED');
  });

  test('names an execution that has no name, and gives it {} for input', async () => {
    const { states, machine } = createTestExecutions({ orders: atOnce });

    const { executionArn } = await states('StartExecution', { stateMachineArn: machine('orders') });

    const described = await states('DescribeExecution', { executionArn });
    expect(described['name']).toMatch(/^[\da-f-]{36}$/);
    expect(described['input']).toBe('{}');
  });
});

describe('StartSyncExecution', () => {
  test('returns what an Express execution came to, and what it would cost', async () => {
    const { states, machine } = createTestExecutions({
      quick: async (input, ports, signal) => {
        await ports.sleep(1_234, signal);
        return succeeded({ was: input });
      },
    });

    const stateMachineArn = machine('quick', 'EXPRESS');
    const response = await states('StartSyncExecution', { stateMachineArn, name: 'q', input: '1' });

    expect(response).toEqual({
      executionArn: expect.stringMatching(
        /^arn:aws:states:eu-west-1:123456789012:express:quick:q:[\da-f-]{36}$/,
      ),
      stateMachineArn,
      name: 'q',
      status: 'SUCCEEDED',
      startDate: new Date('2026-01-05T10:00:00.000Z'),
      stopDate: new Date('2026-01-05T10:00:01.234Z'),
      input: '1',
      inputDetails: { included: true },
      output: '{"was":1}',
      outputDetails: { included: true },
      billingDetails: { billedMemoryUsedInMB: 64, billedDurationInMilliseconds: 1300 },
    });
  });

  test('refuses Standard state machines', async () => {
    const { states, machine } = createTestExecutions({ orders: atOnce });

    await expect(
      states('StartSyncExecution', { stateMachineArn: machine('orders') }),
    ).rejects.toMatchObject({
      name: 'StateMachineTypeNotSupported',
      message: 'This operation is not supported by this type of state machine',
    });
  });
});

describe('ListExecutions', () => {
  async function createListed() {
    const rehearsal = createTestExecutions({ orders: atOnce, waiting: awaiting });
    const stateMachineArn = rehearsal.machine('orders');
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      if (name === 'd') {
        rehearsal.executions.define({
          arn: stateMachineArn,
          name: 'orders',
          type: 'STANDARD',
          roleArn: 'arn:aws:iam::123456789012:role/orders',
          definition: { StartAt: 'waiting' },
        });
      }
      await rehearsal.states('StartExecution', { stateMachineArn, name });
    }
    const list = (input: object) => (nextToken: string | undefined) =>
      rehearsal.states('ListExecutions', {
        stateMachineArn,
        ...input,
        ...(nextToken === undefined ? {} : { nextToken }),
      });
    return { ...rehearsal, stateMachineArn, list };
  }
  const names = (pages: unknown[][]) =>
    pages.map((page) => page.map((item) => Object(item)['name']));

  test('returns the newest first, page by page', async () => {
    const { list } = await createListed();

    expect(names(await pagesOf(list({ maxResults: 2 }), 'executions'))).toEqual([
      ['e', 'd'],
      ['c', 'b'],
      ['a'],
    ]);
    expect(names(await pagesOf(list({ maxResults: 5 }), 'executions'))).toEqual([
      ['e', 'd', 'c', 'b', 'a'],
    ]);
  });

  test('filters by status without empty pages', async () => {
    const { list } = await createListed();
    const succeededOnly = list({ maxResults: 2, statusFilter: 'SUCCEEDED' });

    expect(names(await pagesOf(succeededOnly, 'executions'))).toEqual([['c', 'b'], ['a']]);
    expect(
      names(await pagesOf(list({ maxResults: 2, statusFilter: 'RUNNING' }), 'executions')),
    ).toEqual([['e', 'd']]);
  });

  test('shifts nothing when an execution starts between two pages', async () => {
    const { list, states, stateMachineArn } = await createListed();
    const first = await list({ maxResults: 2 })(undefined);

    await states('StartExecution', { stateMachineArn, name: 'f' });

    const second = await list({ maxResults: 2 })(String(first['nextToken']));
    expect(second['executions']).toMatchObject([{ name: 'c' }, { name: 'b' }]);
  });

  test.each([
    [{ maxResults: 1001 }, "Value '1001' at 'maxResults'", 'value less than or equal to 1000'],
    [
      { nextToken: 'x'.repeat(3097) },
      `Value '${'x'.repeat(3097)}' at 'nextToken'`,
      'length less than or equal to 3096',
    ],
  ])('refuses %j as AWS does', async (input, place, constraint) => {
    const { list } = await createListed();

    await expect(list(input)(undefined)).rejects.toMatchObject({
      name: 'ValidationException',
      message: `1 validation error detected: ${place} failed to satisfy constraint: Member must have ${constraint}`,
    });
  });

  test('refuses a token of another list', async () => {
    const { list } = await createListed();

    await expect(list({ nextToken: 'aGlzdG9yeToy' })(undefined)).rejects.toMatchObject({
      name: 'InvalidToken',
      message: "Invalid Token: 'Invalid token'",
    });
  });

  test('refuses Express state machines', async () => {
    const { states, machine } = createTestExecutions({ quick: atOnce });

    await expect(
      states('ListExecutions', { stateMachineArn: machine('quick', 'EXPRESS') }),
    ).rejects.toMatchObject({ name: 'StateMachineTypeNotSupported' });
  });
});

describe('GetExecutionHistory', () => {
  async function createHistory(eventCount: number) {
    const rehearsal = createTestExecutions({
      orders: async (_, ports) => {
        for (let count = 2; count < eventCount; count += 1) {
          ports.history.record({ type: 'PassStateEntered', name: `S${count}`, input: { count } });
        }
        return succeeded(null);
      },
    });
    const given = { stateMachineArn: rehearsal.machine('orders'), name: 'one' };
    await rehearsal.states('StartExecution', given);
    await rehearsal.executions.ended(EXECUTION);
    return rehearsal;
  }

  test('returns every event once, in order, whatever the page size and direction', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 60 }),
        fc.integer({ min: 1, max: 70 }),
        fc.boolean(),
        async (eventCount, maxResults, reverseOrder) => {
          const { states } = await createHistory(eventCount);
          const pages = await pagesOf(
            (nextToken) =>
              states('GetExecutionHistory', {
                executionArn: EXECUTION,
                maxResults,
                reverseOrder,
                ...(nextToken === undefined ? {} : { nextToken }),
              }),
            'events',
          );
          const ids = pages.flat().map((event) => Object(event).id);
          const forward = Array.from({ length: eventCount }, (_, index) => index + 1);
          expect(ids).toEqual(reverseOrder ? forward.reverse() : forward);
          expect(pages.slice(0, -1).every((page) => page.length === maxResults)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('reads no event of a 25,000-event history twice', async () => {
    const { states, store } = await createHistory(25_000);
    let read = 0;
    const { events } = store;
    Object.assign(store, {
      events: (...given: Parameters<typeof events>) => {
        const found = events(...given);
        read += found.length;
        return found;
      },
    });

    const pages = await pagesOf(
      (nextToken) =>
        states('GetExecutionHistory', {
          executionArn: EXECUTION,
          maxResults: 1000,
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
      'events',
    );

    expect(pages.flat()).toHaveLength(25_000);
    expect(read).toBe(25_000);
  });

  test('leaves the data out on request', async () => {
    const { states } = await createHistory(3);

    const response = await states('GetExecutionHistory', {
      executionArn: EXECUTION,
      includeExecutionData: false,
    });

    expect(JSON.stringify(response['events'])).not.toContain('count');
  });

  test.each(['DescribeExecution', 'GetExecutionHistory', 'StopExecution'])(
    'is refused like %s for Express executions and for unknown ones',
    async (action) => {
      const { states } = createTestExecutions({});
      const express = EXECUTION.replace('execution', 'express');

      await expect(states(action, { executionArn: express })).rejects.toMatchObject({
        name: 'InvalidArn',
        message: "Invalid Arn: 'Resource type not valid in this context: express'",
      });
      await expect(states(action, { executionArn: EXECUTION })).rejects.toMatchObject({
        name: 'ExecutionDoesNotExist',
        message: `Execution Does Not Exist: '${EXECUTION}'`,
      });
    },
  );
});
