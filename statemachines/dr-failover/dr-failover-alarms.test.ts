import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock, type TestClock } from '../../packages/signalbox/src/core/test-clock.ts';
import {
  type CloudWatch,
  createCloudWatch,
} from '../../packages/signalbox/src/services/cloudwatch/cloudwatch.ts';
import { loadApp } from '../../packages/signalbox/src/template/load-app.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const HOUR = 3_600_000;
const stack = { stackName: 'signalbox-test', region: 'us-east-1', accountId: '123456789012' };
const app = loadApp({
  ...stack,
  root: '.',
  endpoint: 'http://127.0.0.1:4700',
  parameterOverrides: {},
});
if (!app.ok) throw new Error(JSON.stringify(app.problems));
const { alarms } = app.value;

let clock: TestClock;
let cloudwatch: CloudWatch;
let bugs: unknown[];

beforeEach(async () => {
  clock = createTestClock();
  bugs = [];
  const onBug = (bug: unknown) => void bugs.push(bug);
  cloudwatch = createCloudWatch({ ...stack, clock, call: async () => ({}), onBug });
  const alarm = alarms.find(({ logicalId }) => logicalId === 'PlanEvaluationOverdueAlarm');
  if (alarm === undefined) throw new RangeError('There is no PlanEvaluationOverdueAlarm');
  await run('PutMetricAlarm', { ...alarm.putMetricAlarm, AlarmName: 'overdue' });
});

afterEach(() => expect(bugs).toEqual([]));

async function run(action: string, input: object): Promise<object> {
  return { ...(await cloudwatch.service.actions[action]?.(input, caller)) };
}

async function evaluated(): Promise<void> {
  const MetricData = [
    {
      MetricName: 'PlanEvaluations',
      Dimensions: [{ Name: 'Environment', Value: 'dev' }],
      Unit: 'Count',
      Value: 1,
    },
  ];
  await run('PutMetricData', { Namespace: 'MyApp/Performance', MetricData });
}

async function state(): Promise<unknown> {
  return run('DescribeAlarms', { AlarmNames: ['overdue'] });
}

const inState = (StateValue: string) => ({ MetricAlarms: [{ StateValue }] });

describe('PlanEvaluationOverdueAlarm', () => {
  test('does not ring at a fresh deployment, before and after its first evaluation', async () => {
    await clock.advance(HOUR / 2);
    expect(await state()).not.toMatchObject(inState('ALARM'));
    await evaluated();
    await clock.advance(2 * HOUR);

    expect(await state()).toMatchObject(inState('OK'));
  });

  test('rings after three hours of silence, goes on, and stops with the next evaluation', async () => {
    await evaluated();
    await clock.advance(2 * HOUR);
    await evaluated();
    await clock.advance(3 * HOUR - HOUR / 2);
    expect(await state()).toMatchObject(inState('OK'));
    await clock.advance(2 * HOUR);
    expect(await state()).toMatchObject(inState('ALARM'));
    await clock.advance(6 * 24 * HOUR);
    expect(await state()).toMatchObject(inState('ALARM'));
    await evaluated();
    await clock.advance(HOUR);

    expect(await state()).toMatchObject(inState('OK'));
  });
});
