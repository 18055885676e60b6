import { describe, expect, test } from '@jest/globals';
import { createMemoryStore } from '../history/memory-store.ts';
import type { ExecutionHeader } from '../history/store.ts';
import { withExpressExecutions } from './express-executions.ts';

const MACHINE = 'arn:aws:states:us-east-1:1:stateMachine:quick';

function header(name: string, type: ExecutionHeader['type'] = 'EXPRESS'): ExecutionHeader {
  return {
    executionArn: `arn:aws:states:us-east-1:1:express:quick:${name}`,
    name,
    stateMachineArn: MACHINE,
    stateMachineName: 'quick',
    type,
    roleArn: 'arn:role',
    definition: '{"StartAt":"A"}',
    input: '{"n":1}',
    startDate: '2026-01-05T10:00:00.000Z',
  };
}

function open(...headers: readonly ExecutionHeader[]) {
  const store = createMemoryStore();
  for (const one of headers) store.create(one);
  const passed: string[] = [];
  const call = withExpressExecutions(
    async (service, action) => {
      passed.push(`${service}:${action}`);
      return {};
    },
    () => store,
    () => new Date('2026-01-05T10:00:01Z'),
  );
  return { call, passed };
}

describe('withExpressExecutions()', () => {
  test('lists those of an Express machine, the newest first, page by page', async () => {
    const { call, passed } = open(header('one'), header('two'), header('three'));
    const asked = { stateMachineArn: MACHINE, maxResults: 2 };

    const first = await call('states', 'ListExecutions', asked);
    expect(first).toMatchObject({ executions: [{ name: 'three' }, { name: 'two' }] });
    const nextToken = 'nextToken' in first ? first.nextToken : undefined;
    const second = await call('states', 'ListExecutions', { ...asked, nextToken });
    expect(second).toMatchObject({ executions: [{ name: 'one' }] });
    expect('nextToken' in second).toBe(false);
    expect(passed).toEqual([]);
  });

  test('describes them with the definition that they run', async () => {
    const { call } = open(header('one'));
    const executionArn = header('one').executionArn;

    expect(await call('states', 'DescribeExecution', { executionArn })).toMatchObject({
      ...{ name: 'one', status: 'RUNNING', input: '{"n":1}' },
    });
    expect(
      await call('states', 'DescribeStateMachineForExecution', { executionArn }),
    ).toMatchObject({ name: 'quick', definition: '{"StartAt":"A"}' });
    expect(await call('states', 'GetExecutionHistory', { executionArn })).toEqual({ events: [] });
  });

  test('passes on what is of Standard machines, and every other call', async () => {
    const { call, passed } = open(header('one', 'STANDARD'));
    const executionArn = header('one').executionArn;

    await call('states', 'ListExecutions', { stateMachineArn: MACHINE });
    await call('states', 'DescribeExecution', { executionArn });
    await call('states', 'StopExecution', { executionArn });
    await call('sqs', 'ListQueues', {});
    expect(passed).toEqual([
      ...['states:ListExecutions', 'states:DescribeExecution', 'states:StopExecution'],
      'sqs:ListQueues',
    ]);
  });
});
