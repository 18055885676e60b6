import { describe, expect, test } from '@jest/globals';
import type { Delivery, DeliveryResult } from '../bus/delivery.ts';
import { AwsError } from '../core/aws-error.ts';
import type { LambdaHost } from '../lambda/host.ts';
import type { Datapoint } from '../services/cloudwatch/datapoint.ts';
import { createOwnMetrics } from './own-metrics.ts';

function open() {
  const taken: Datapoint[] = [];
  const now = () => new Date('2026-11-22T10:00:00Z');
  const metrics = createOwnMetrics({ record: (points) => void taken.push(...points), now });
  const counts = () =>
    taken.map(({ namespace, metricName, samples }) => [
      `${namespace} ${metricName}`,
      samples.kind === 'values' ? samples.values[0]?.value : undefined,
    ]);
  return { metrics, counts, taken };
}

describe('createOwnMetrics()', () => {
  test.each([
    ['RUNNING', 0, 'ExecutionsStarted'],
    ['RUNNING', 1, 'ExecutionsRedriven'],
    ['SUCCEEDED', 0, 'ExecutionsSucceeded'],
    ['FAILED', 1, 'ExecutionsFailed'],
    ['TIMED_OUT', 0, 'ExecutionsTimedOut'],
    ['ABORTED', 0, 'ExecutionsAborted'],
  ])('counts an execution that is %s after %d redrives', (status, redriveCount, name) => {
    const { metrics, taken } = open();
    const time = new Date('2026-11-22T09:00:00Z');

    metrics.execution({ time, detail: { stateMachineArn: 'arn:machine', status, redriveCount } });

    expect(taken).toMatchObject([
      {
        namespace: 'AWS/States',
        metricName: name,
        dimensions: { StateMachineArn: 'arn:machine' },
        timestampMs: time.getTime(),
      },
    ]);
  });

  const failure = { errorCode: 'NO_PERMISSIONS', errorMessage: 'no' };
  const results: readonly (readonly [DeliveryResult, readonly string[]])[] = [
    [{ kind: 'under-way' }, []],
    [{ kind: 'delivered', executionArn: undefined }, ['Invocations']],
    [
      { kind: 'dead-lettered', queueArn: 'arn:q', ...failure },
      ['Invocations', 'FailedInvocations', 'InvocationsSentToDlq'],
    ],
    [
      { kind: 'dropped', ...failure, because: 'the target has no dead-letter queue' },
      ['Invocations', 'FailedInvocations'],
    ],
    [
      { kind: 'dropped', ...failure, because: 'arn:aws:sqs:r:1:q refused it: AccessDenied: no' },
      ['Invocations', 'FailedInvocations', 'InvocationsFailedToBeSentToDlq'],
    ],
  ];

  test.each(results)('counts a delivery that is %j', (result, names) => {
    const { metrics, taken } = open();
    const delivery: Delivery = {
      eventId: 'e',
      ruleName: 'placed',
      ruleArn: 'arn:aws:events:us-east-1:123456789012:rule/placed',
      targetId: 't',
      targetArn: 'arn:target',
      body: '{}',
      attempts: [],
      result,
    };

    metrics.delivery(delivery);

    expect(taken.map(({ metricName }) => metricName)).toEqual(names);
    for (const { dimensions } of taken) expect(dimensions).toEqual({ RuleName: 'placed' });

    const ruleArn = 'arn:aws:events:us-east-1:123456789012:rule/orders/placed';
    metrics.delivery({ ...delivery, ruleArn });

    expect(taken.at(-1)?.dimensions ?? { EventBusName: 'orders', RuleName: 'placed' }).toEqual({
      EventBusName: 'orders',
      RuleName: 'placed',
    });
  });

  test('counts invocations, their errors and what is throttled', async () => {
    const { metrics, counts } = open();
    const response = { payload: new Uint8Array(), logTail: '', durationMs: 12 };
    const responses = [
      async () => response,
      async () => ({ ...response, functionError: 'Unhandled' as const }),
      async () => Promise.reject(new AwsError('TooManyRequestsException', 'slow down')),
    ];
    const host: LambdaHost = metrics.functions({
      invoke: async () => (await responses.shift()?.()) ?? response,
      reload: async () => [],
      bundled: async () => undefined,
      inputs: () => [],
      close: async () => {},
    });
    const payload = new Uint8Array();

    await host.invoke('f', payload);
    await host.invoke('f', payload);
    await expect(host.invoke('f', payload)).rejects.toThrow('slow down');

    expect(counts().filter(([name]) => /Errors|Throttles|Duration/.test(String(name)))).toEqual([
      ['AWS/Lambda Errors', 0],
      ['AWS/Lambda Throttles', 0],
      ['AWS/Lambda Duration', 12],
      ['AWS/Lambda Errors', 1],
      ['AWS/Lambda Throttles', 0],
      ['AWS/Lambda Duration', 12],
      ['AWS/Lambda Throttles', 1],
    ]);
  });
});
