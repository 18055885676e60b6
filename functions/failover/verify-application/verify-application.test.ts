import { describe, expect, test } from '@jest/globals';
import { readAlarmStates } from '../alarm-states.ts';
import { answeringClients } from '../test-clients.ts';
import { askHealth, judgeAlarms, judgeSteps } from './verify-application.ts';

describe('readAlarmStates()', () => {
  test('reads metric and composite alarms, page by page', async () => {
    const { clients } = answeringClients({
      DescribeAlarms: (input) =>
        'NextToken' in input && input.NextToken === '2'
          ? { CompositeAlarms: [{ AlarmName: 'b', StateValue: 'ALARM' }] }
          : { MetricAlarms: [{ AlarmName: 'a', StateValue: 'OK' }], NextToken: '2' },
    });

    const states = await readAlarmStates(clients.cloudWatch('us-east-1'), ['a', 'b']);

    expect([...states]).toEqual([
      ['a', 'OK'],
      ['b', 'ALARM'],
    ]);
  });

  test('asks for nothing where the plan names no alarm: no name would mean all', async () => {
    const { clients, calls } = answeringClients({});

    expect((await readAlarmStates(clients.cloudWatch('us-east-1'), [])).size).toBe(0);
    expect(calls).toEqual([]);
  });
});

describe('judgeAlarms()', () => {
  test('is healthy when all are OK', () => {
    expect(judgeAlarms(['a'], new Map([['a', 'OK']]))).toEqual({
      isHealthy: true,
      detail: '1 alarms OK',
    });
  });

  test('is not while one has no data, or is not there', () => {
    expect(judgeAlarms(['a', 'b'], new Map([['a', 'INSUFFICIENT_DATA']]))).toEqual({
      isHealthy: false,
      detail: 'a is INSUFFICIENT_DATA, b is not there',
    });
  });
});

describe('judgeSteps()', () => {
  const done = { stepId: '1-1', status: 'done', detail: 'Primary here' } as const;

  test('is healthy while everything is where the run has moved it', () => {
    expect(judgeSteps([done])).toEqual({ isHealthy: true, detail: '1 steps hold' });
  });

  test('is not as soon as a part has gone elsewhere, whatever the alarms say', () => {
    const gone = { stepId: '2-1', status: 'pending', detail: '3 of 10 instances' } as const;

    expect(judgeSteps([done, gone])).toEqual({
      isHealthy: false,
      detail: 'step 2-1 does not hold: 3 of 10 instances',
    });
  });
});

describe('askHealth()', () => {
  const url = 'https://web.example.com/health';

  test.each([
    [200, true],
    [503, false],
  ])('takes %i for %p', async (status, isHealthy) => {
    expect(await askHealth(url, async () => new Response(null, { status }))).toEqual({
      isHealthy,
      detail: `${url} answers ${status}`,
    });
  });

  test.each([
    ['us-east-1', true, 'served by us-east-1'],
    ['us-west-2', false, 'served by us-west-2'],
    [undefined, false, 'served by nobody who says so in x-region'],
  ])('of a page that %p serves, where us-east-1 has to: %p', async (by, isHealthy, detail) => {
    const headers = by === undefined ? {} : { 'X-Region': by };
    const serving = { header: 'x-region', region: 'us-east-1' };

    expect(await askHealth(url, async () => new Response(null, { headers }), serving)).toEqual({
      isHealthy,
      detail: `${url} answers 200, ${detail}`,
    });
  });

  test('takes silence for ill', async () => {
    const silent = async (): Promise<Response> => {
      throw Object.assign(new Error('The operation timed out'), { name: 'TimeoutError' });
    };

    expect(await askHealth(url, silent)).toEqual({
      isHealthy: false,
      detail: `${url} does not answer: TimeoutError`,
    });
  });
});
