import type {
  AlarmHistoryItem,
  CompositeAlarm,
  DescribeAlarmHistoryOutput,
  DescribeAlarmsForMetricOutput,
  DescribeAlarmsOutput,
  GetMetricStatisticsOutput,
  MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../core/aws-error.ts';
import type { Caller } from '../../../core/service.ts';
import { createSkippingClock } from '../../../core/skipping-clock.ts';
import { createTestClock, settlePromises, type TestClock } from '../../../core/test-clock.ts';
import type { MeasuredValue } from '../../metric-source.ts';
import { type CloudWatch, createCloudWatch } from '../cloudwatch.ts';
import type { CloudWatchEvent } from './state-change.ts';

const ROOT: Caller = { arn: 'arn:aws:iam::123456789012:root' };
const TOPIC = 'arn:aws:sns:us-east-1:123456789012:alarms';
const MINUTE = 60_000;
const options = { region: 'us-east-1', accountId: '123456789012' };

interface Call {
  readonly service: string;
  readonly action: string;
  readonly input: { readonly Message?: string; readonly Payload?: Uint8Array };
  readonly caller: Caller;
}

let clock: TestClock;
let cloudwatch: CloudWatch;
let events: CloudWatchEvent[];
let calls: Call[];
let refusal: AwsError | undefined;

let bugs: unknown[];

beforeEach(() => {
  bugs = [];
  clock = createTestClock();
  refusal = undefined;
  calls = [];
  open();
});
afterEach(() => expect(bugs).toEqual([]));

function open(): void {
  cloudwatch = createCloudWatch({
    ...options,
    clock,
    onBug: (bug) => bugs.push(bug),
    async call(service, action, input, caller) {
      if (refusal !== undefined) throw refusal;
      calls.push({ service, action, input, caller });
      return {};
    },
  });
  events = [];
  cloudwatch.onEvent((event) => void events.push(event));
}

async function run(action: string, input: object, caller = ROOT): Promise<object> {
  return cloudwatch.service.actions[action]!(input, caller);
}

async function describeAlarms(
  input: object,
  caller = ROOT,
): Promise<(MetricAlarm | CompositeAlarm)[]> {
  const response: DescribeAlarmsOutput = await run('DescribeAlarms', input, caller);
  return [...(response.MetricAlarms ?? []), ...(response.CompositeAlarms ?? [])];
}

async function historyOf(input: object): Promise<AlarmHistoryItem[]> {
  const response: DescribeAlarmHistoryOutput = await run('DescribeAlarmHistory', input);
  return response.AlarmHistoryItems ?? [];
}

const base = {
  AlarmName: 'too-slow',
  Namespace: 'Shop',
  MetricName: 'Latency',
  Dimensions: [{ Name: 'Environment', Value: 'local' }],
  Statistic: 'Maximum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanThreshold',
};

function onlyCall(): readonly [Call] {
  const [call, more] = calls;
  if (call === undefined || more !== undefined) throw new Error(`${calls.length} calls`);
  return [call];
}

function putAlarm(more: object = {}, caller = ROOT): Promise<unknown> {
  return run('PutMetricAlarm', { ...base, ...more }, caller);
}

function measure(value: number, more: object = {}, caller = ROOT): Promise<unknown> {
  const { Namespace, MetricName, Dimensions } = base;
  const MetricData = [{ MetricName, Dimensions, Value: value, ...more }];
  return run('PutMetricData', { Namespace, MetricData }, caller);
}

async function alarm(name = 'too-slow', caller = ROOT): Promise<MetricAlarm | CompositeAlarm> {
  const AlarmTypes = ['MetricAlarm', 'CompositeAlarm'];
  const [found] = await describeAlarms({ AlarmNames: [name], AlarmTypes }, caller);
  return found ?? {};
}

async function state(name?: string): Promise<string | undefined> {
  return (await alarm(name)).StateValue;
}

describe('a metric alarm', () => {
  test('knows nothing at its birth', async () => {
    await putAlarm({ Tags: [{ Key: 'team', Value: 'shop' }] });

    expect(await alarm()).toEqual({
      AlarmName: 'too-slow',
      AlarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:too-slow',
      AlarmConfigurationUpdatedTimestamp: clock.now(),
      ActionsEnabled: true,
      OKActions: [],
      AlarmActions: [],
      InsufficientDataActions: [],
      StateValue: 'INSUFFICIENT_DATA',
      StateReason: 'Unchecked: Initial alarm creation',
      StateUpdatedTimestamp: clock.now(),
      StateTransitionedTimestamp: clock.now(),
      Namespace: 'Shop',
      MetricName: 'Latency',
      Dimensions: base.Dimensions,
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    });
    const { AlarmArn: ResourceARN } = await alarm();
    expect(await run('ListTagsForResource', { ResourceARN })).toEqual({
      Tags: [{ Key: 'team', Value: 'shop' }],
    });
  });

  test('goes off at the end of the minute in which the data came, and says why', async () => {
    await putAlarm();
    await clock.advance(20_000);
    await measure(5);

    await clock.advance(MINUTE);

    expect(await alarm()).toMatchObject({
      StateValue: 'ALARM',
      StateReason:
        'Threshold Crossed: 1 datapoint [5.0 (05/01/26 10:00:00)] was greater than the threshold (1.0).',
      StateReasonData:
        '{"version":"1.0","queryDate":"2026-01-05T10:01:00.000+0000","startDate":"2026-01-05T10:00:00.000+0000","statistic":"Maximum","period":60,"recentDatapoints":[5.0],"threshold":1.0,"evaluatedDatapoints":[{"timestamp":"2026-01-05T10:00:00.000+0000","sampleCount":1.0,"value":5.0}]}',
      StateUpdatedTimestamp: new Date('2026-01-05T10:01:00Z'),
    });
  });

  test('notifies the bus, in the shape of AWS', async () => {
    await putAlarm({ AlarmDescription: 'Somebody waits', Unit: 'Seconds' });
    await measure(5, { Unit: 'Seconds' });

    await clock.advance(MINUTE);

    expect(events).toEqual([
      {
        source: 'aws.cloudwatch',
        detailType: 'CloudWatch Alarm State Change',
        resources: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:too-slow'],
        time: new Date('2026-01-05T10:01:00Z'),
        region: 'us-east-1',
        detail: {
          alarmName: 'too-slow',
          state: {
            value: 'ALARM',
            reason: expect.stringContaining('Threshold Crossed: 1 datapoint [5.0'),
            reasonData: expect.stringContaining('"unit":"Seconds"'),
            timestamp: '2026-01-05T10:01:00.000+0000',
          },
          previousState: {
            value: 'INSUFFICIENT_DATA',
            reason: 'Unchecked: Initial alarm creation',
            timestamp: '2026-01-05T10:00:00.000+0000',
          },
          configuration: {
            description: 'Somebody waits',
            metrics: [
              {
                id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
                metricStat: {
                  metric: {
                    namespace: 'Shop',
                    name: 'Latency',
                    dimensions: { Environment: 'local' },
                  },
                  period: 60,
                  stat: 'Maximum',
                  unit: 'Seconds',
                },
                returnData: true,
              },
            ],
          },
        },
      },
    ]);
  });

  test('goes back when the data leave its range, at the time when they do', async () => {
    await putAlarm({ TreatMissingData: 'notBreaching' });
    await measure(5);

    await clock.advance(3_600_000);

    const items = await historyOf({
      AlarmName: 'too-slow',
      HistoryItemType: 'StateUpdate',
      ScanBy: 'TimestampAscending',
    });
    expect(items.map((item) => [item.Timestamp?.toISOString(), item.HistorySummary])).toEqual([
      ['2026-01-05T10:01:00.000Z', 'Alarm updated from INSUFFICIENT_DATA to ALARM'],
      // Its range is three periods long: the minutes of 10:01, 10:02 and 10:03.
      ['2026-01-05T10:04:00.000Z', 'Alarm updated from ALARM to OK'],
    ]);
  });

  test('is evaluated at once where its maker does not wait for the end of the minute', async () => {
    await clock.advance(20_000);
    await putAlarm({ TreatMissingData: 'notBreaching' });

    cloudwatch.evaluateNew();

    expect(events).toMatchObject([
      { time: new Date('2026-01-05T10:00:20Z'), detail: { state: { value: 'OK' } } },
    ]);
    cloudwatch.evaluateNew();
    expect([events.length, clock.pending()]).toEqual([1, 0]);
    await clock.advance(10 * MINUTE);
    expect([events.length, clock.pending()]).toEqual([1, 0]);
  });

  test('slides its window by the minute', async () => {
    await putAlarm({ Period: 300, Statistic: 'Sum' });
    await measure(1);
    await clock.advance(4 * MINUTE);
    expect(await state()).toBe('OK');
    await measure(1);

    await clock.advance(MINUTE);

    expect(await state()).toBe('ALARM');
  });

  test('waits for M out of N', async () => {
    await putAlarm({ EvaluationPeriods: 3, DatapointsToAlarm: 2 });
    const states: (string | undefined)[] = [];
    for (const value of [5, 0, 0, 5, 5, 0, 0]) {
      await measure(value);
      await clock.advance(MINUTE);
      states.push(await state());
    }

    expect(states).toEqual(['INSUFFICIENT_DATA', 'OK', 'OK', 'OK', 'ALARM', 'ALARM', 'OK']);
  });

  test('watches percentiles, and ignores those of few samples when asked to', async () => {
    const percentile = { Statistic: undefined, ExtendedStatistic: 'p90' };
    await putAlarm({ ...percentile, EvaluateLowSampleCountPercentile: 'ignore' });
    await putAlarm({ ...percentile, AlarmName: 'anyhow' });
    const slow = Array.from({ length: 50 }, () => 5);
    await measure(0, { Value: undefined, Values: slow.slice(0, 1) });
    await clock.advance(MINUTE);
    expect(await state()).toBe('INSUFFICIENT_DATA');
    expect(await state('anyhow')).toBe('ALARM');
    for (let times = 0; times < 3; times += 1) {
      await measure(0, { Value: undefined, Values: slow.slice(1), Counts: slow.slice(1) });
    }
    await clock.advance(MINUTE);
    expect(await state()).toBe('ALARM');
  });

  test('watches an expression', async () => {
    const metric = (Id: string, MetricName: string) => ({
      Id,
      ReturnData: false,
      MetricStat: { Metric: { Namespace: 'Shop', MetricName }, Period: 60, Stat: 'Sum' },
    });
    await run('PutMetricAlarm', {
      AlarmName: 'failing',
      EvaluationPeriods: 1,
      Threshold: 10,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      Metrics: [
        {
          Id: 'percent',
          Expression: 'IF(started >= 10, 100 * failed / started, 0)',
          Label: 'Failed',
        },
        metric('failed', 'Failed'),
        metric('started', 'Started'),
      ],
    });
    const count = (MetricName: string, Value: number) =>
      measure(Value, { MetricName, Dimensions: [] });
    await count('Started', 9);
    await count('Failed', 9);
    await clock.advance(MINUTE);
    expect(await state('failing')).toBe('OK');
    await count('Started', 10);
    await count('Failed', 2);
    await clock.advance(MINUTE);

    expect(await alarm('failing')).toMatchObject({
      StateValue: 'ALARM',
      StateReason:
        'Threshold Crossed: 1 datapoint [20.0 (05/01/26 10:01:00)] was greater than the threshold (10.0).',
      Metrics: [{ Id: 'percent' }, { Id: 'failed' }, { Id: 'started' }],
    });
    expect(events.at(-1)?.detail['configuration']).toMatchObject({
      metrics: [
        { id: 'percent', expression: expect.any(String), label: 'Failed', returnData: true },
        { id: 'failed', metricStat: { stat: 'Sum', period: 60 }, returnData: false },
        {},
      ],
    });
  });

  test('lives in the Region that was asked', async () => {
    const west = { ...ROOT, region: 'us-west-2' };
    await putAlarm();
    await putAlarm({}, west);
    await measure(5, {}, west);
    await clock.advance(MINUTE);

    expect(await state()).toBe('INSUFFICIENT_DATA');
    expect(await alarm('too-slow', west)).toMatchObject({
      StateValue: 'ALARM',
      AlarmArn: 'arn:aws:cloudwatch:us-west-2:123456789012:alarm:too-slow',
    });
    expect(events).toMatchObject([{ region: 'us-west-2' }]);
  });

  test('keeps its state when it is changed', async () => {
    await putAlarm();
    await measure(5);
    await clock.advance(MINUTE);
    await putAlarm({ Threshold: 10 });
    expect(await state()).toBe('ALARM');

    await clock.advance(MINUTE);

    expect(await state()).toBe('OK');
    expect(await historyOf({ HistoryItemType: 'ConfigurationUpdate' })).toMatchObject([
      { HistorySummary: 'Alarm "too-slow" updated', Timestamp: new Date('2026-01-05T10:01:00Z') },
      {
        HistorySummary: 'Alarm "too-slow" created',
        HistoryData: expect.stringContaining(
          '{"version":"1.0","type":"Create","createdAlarm":{"alarmName":"too-slow"',
        ),
      },
    ]);
  });

  test.each([
    [{ AlarmName: undefined }, 'The parameter AlarmName is required.'],
    [{ Period: 90 }, 'The parameter Period must be 10, 20, 30 or any multiple of 60.'],
    [{ Statistic: 'Median' }, 'The value Median for parameter Statistic is invalid.'],
    [
      { Statistic: undefined, ExtendedStatistic: 'tm90' },
      'ExtendedStatistic tm90 is not rehearsed',
    ],
    [{ ExtendedStatistic: 'p90' }, 'The parameters Statistic and ExtendedStatistic are mutually'],
    [{ DatapointsToAlarm: 2 }, 'The parameter DatapointsToAlarm must not be greater than'],
    [{ TreatMissingData: 'bad' }, 'The value bad for parameter TreatMissingData must be one of'],
    [{ Threshold: undefined }, 'The parameter Threshold is required.'],
    [
      { ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold' },
      'ComparisonOperator LessThanLowerOrGreaterThanUpperThreshold is not rehearsed: it learns no anomaly bands',
    ],
    [
      { ThresholdMetricId: 'band' },
      'ThresholdMetricId is not rehearsed: it learns no anomaly bands',
    ],
    [
      { EvaluationPeriods: 1441 },
      'Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).',
    ],
    [{ AlarmActions: ['topic'] }, 'Invalid arn syntax: topic'],
    [{ Metrics: [] }, 'The parameters Metrics and MetricName are mutually exclusive'],
  ])('is refused with %j', async (more, message) => {
    await expect(putAlarm(more)).rejects.toMatchObject({
      message: expect.stringContaining(message),
    });
  });
});

describe('SetAlarmState', () => {
  test('holds until the next evaluation', async () => {
    await putAlarm({ AlarmActions: [TOPIC] });
    await clock.advance(20_000);

    await run('SetAlarmState', {
      AlarmName: 'too-slow',
      StateValue: 'ALARM',
      StateReason: 'a drill',
      StateReasonData: '{"by":"me"}',
    });

    expect(await alarm()).toMatchObject({
      StateValue: 'ALARM',
      StateReason: 'a drill',
      StateReasonData: '{"by":"me"}',
    });
    await settlePromises();
    expect(calls).toMatchObject([{ service: 'sns', action: 'Publish' }]);
    await clock.advance(MINUTE);
    expect(await alarm()).toMatchObject({
      StateValue: 'INSUFFICIENT_DATA',
      StateReason: 'Insufficient Data: 1 datapoint was unknown.',
      StateUpdatedTimestamp: new Date('2026-01-05T10:01:00Z'),
    });
  });

  test('refuses unknown alarms, states and what is no JSON', async () => {
    await putAlarm();
    const set = (more: object) =>
      run('SetAlarmState', {
        AlarmName: 'too-slow',
        StateValue: 'OK',
        StateReason: 'why not',
        ...more,
      });

    await expect(set({ AlarmName: 'gone' })).rejects.toMatchObject({ name: 'ResourceNotFound' });
    await expect(set({ StateValue: 'PENDING' })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
    await expect(set({ StateReasonData: '{' })).rejects.toMatchObject({ name: 'InvalidFormat' });
  });
});

describe('actions', () => {
  async function goOff(more: object): Promise<object[]> {
    await putAlarm(more);
    await measure(5);
    await clock.advance(MINUTE);
    const items = await historyOf({ HistoryItemType: 'Action' });
    return items.map((item) => ({ ...item, HistoryData: JSON.parse(item.HistoryData ?? '') }));
  }

  test('publish the message of AWS to a topic', async () => {
    const history = await goOff({ AlarmActions: [TOPIC], OKActions: [`${TOPIC}-ok`] });

    const [{ service, action, input, caller }] = onlyCall();
    expect([service, action, caller.arn, calls.length]).toEqual([
      'sns',
      'Publish',
      'cloudwatch.amazonaws.com',
      1,
    ]);
    expect(input).toMatchObject({
      TopicArn: TOPIC,
      Subject: 'ALARM: "too-slow" in US East (N. Virginia)',
    });
    expect(JSON.parse(input.Message ?? '')).toEqual({
      AlarmName: 'too-slow',
      AlarmDescription: null,
      AWSAccountId: '123456789012',
      AlarmConfigurationUpdatedTimestamp: '2026-01-05T10:00:00.000+0000',
      NewStateValue: 'ALARM',
      NewStateReason: expect.stringContaining('Threshold Crossed: 1 datapoint [5.0'),
      StateChangeTime: '2026-01-05T10:01:00.000+0000',
      Region: 'US East (N. Virginia)',
      AlarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:too-slow',
      OldStateValue: 'INSUFFICIENT_DATA',
      OKActions: [`${TOPIC}-ok`],
      AlarmActions: [TOPIC],
      InsufficientDataActions: [],
      Trigger: {
        MetricName: 'Latency',
        Namespace: 'Shop',
        StatisticType: 'Statistic',
        Statistic: 'MAXIMUM',
        Unit: null,
        Dimensions: [{ value: 'local', name: 'Environment' }],
        Period: 60,
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 1,
        TreatMissingData: 'missing',
        EvaluateLowSampleCountPercentile: '',
      },
    });
    expect(history).toMatchObject([
      {
        HistorySummary: `Successfully executed action ${TOPIC}`,
        HistoryData: {
          actionState: 'Succeeded',
          notificationResource: TOPIC,
          publishedMessage: JSON.stringify({ default: input.Message }),
          error: null,
        },
      },
    ]);
  });

  test('invoke functions with the event of AWS', async () => {
    const AlarmActions = ['arn:aws:lambda:us-east-1:123456789012:function:page'];
    await goOff({ AlarmActions });

    const [{ action, input, caller }] = onlyCall();
    expect([action, caller.arn]).toEqual(['Invoke', 'lambda.alarms.cloudwatch.amazonaws.com']);
    expect(input).toMatchObject({ FunctionName: AlarmActions[0], InvocationType: 'Event' });
    expect(JSON.parse(new TextDecoder().decode(input.Payload))).toMatchObject({
      source: 'aws.cloudwatch',
      alarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:too-slow',
      accountId: '123456789012',
      time: '2026-01-05T10:01:00.000+0000',
      region: 'us-east-1',
      alarmData: { alarmName: 'too-slow', state: { value: 'ALARM' }, configuration: {} },
    });
  });

  test('that the rehearsal does not do fail by name, and the others go on', async () => {
    const policy = 'arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:1:policyName/out';
    const history = await goOff({ AlarmActions: [policy, TOPIC] });

    expect(history).toMatchObject([
      { HistorySummary: `Successfully executed action ${TOPIC}` },
      {
        HistorySummary: expect.stringContaining(`Failed to execute action ${policy}`),
        HistoryData: {
          actionState: 'Failed',
          error: `The rehearsal runs actions of alarms on SNS topics and Lambda functions, not ${policy}`,
        },
      },
    ]);
  });

  test('that are refused are in the history', async () => {
    refusal = new AwsError('NotFound', 'Topic does not exist');

    expect(await goOff({ AlarmActions: [TOPIC] })).toMatchObject([
      {
        HistorySummary: `Failed to execute action ${TOPIC}. Received error: "Topic does not exist"`,
      },
    ]);
  });

  test('rest while they are disabled', async () => {
    await putAlarm({ AlarmActions: [TOPIC] });
    await run('DisableAlarmActions', { AlarmNames: ['too-slow', 'gone'] });
    expect((await alarm()).ActionsEnabled).toBe(false);
    await measure(5);
    await clock.advance(MINUTE);
    expect([await state(), calls]).toEqual(['ALARM', []]);

    await run('EnableAlarmActions', { AlarmNames: ['too-slow'] });

    expect((await alarm()).ActionsEnabled).toBe(true);
    expect(calls).toEqual([]);
  });
});

describe('a composite alarm', () => {
  const put = (AlarmName: string, AlarmRule: string, more: object = {}) =>
    run('PutCompositeAlarm', { AlarmName, AlarmRule, ...more });

  async function twoAlarms(): Promise<void> {
    await putAlarm({ AlarmName: 'a', TreatMissingData: 'notBreaching' });
    await putAlarm({ AlarmName: 'b', Threshold: 10, TreatMissingData: 'notBreaching' });
    await clock.advance(MINUTE);
  }

  test('follows its children, and says which one changed it', async () => {
    await twoAlarms();
    await put('both', 'ALARM(a) AND ALARM("b")', {
      AlarmActions: [TOPIC],
      AlarmDescription: 'Both',
    });
    expect(await alarm('both')).toMatchObject({
      StateValue: 'OK',
      StateReason:
        'arn:aws:cloudwatch:us-east-1:123456789012:alarm:both was created and its alarm rule evaluates to OK',
      AlarmRule: 'ALARM(a) AND ALARM("b")',
    });
    await measure(5);
    await clock.advance(MINUTE);
    expect([await state('a'), await state('both')]).toEqual(['ALARM', 'OK']);
    await measure(50);
    await clock.advance(MINUTE);

    const child = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:b';
    expect(await alarm('both')).toMatchObject({
      StateValue: 'ALARM',
      StateReason: `${child} transitioned to ALARM at Monday 05 January, 2026 10:03:00 UTC`,
      StateReasonData: `{"triggeringAlarms":[{"arn":"${child}","state":{"value":"ALARM","timestamp":"2026-01-05T10:03:00.000+0000"}}]}`,
    });
    expect(events.at(-1)?.detail).toMatchObject({
      alarmName: 'both',
      configuration: { alarmRule: 'ALARM(a) AND ALARM("b")', description: 'Both' },
    });
    const message = JSON.parse(calls[0]?.input.Message ?? '');
    expect(message).toMatchObject({
      AlarmRule: 'ALARM(a) AND ALARM("b")',
      TriggeringChildren: [
        { Arn: child, State: { Value: 'ALARM', Timestamp: '2026-01-05T10:03:00.000+0000' } },
      ],
    });
    expect(message).not.toHaveProperty('Trigger');
  });

  test('follows other composite alarms', async () => {
    await twoAlarms();
    await put('inner', 'ALARM(a)');
    await put('outer', 'NOT OK(inner)');
    await measure(5);
    await clock.advance(MINUTE);

    expect(await state('outer')).toBe('ALARM');
  });

  test('is refused in a circle, with unknown children and with suppressors', async () => {
    await twoAlarms();
    await put('inner', 'ALARM(a)');
    await put('outer', 'ALARM(inner)');

    await expect(put('inner', 'ALARM(outer)')).rejects.toMatchObject({
      message: 'AlarmRule of inner comes round to inner itself',
    });
    await expect(put('self', 'OK(self)')).rejects.toMatchObject({ name: 'ValidationError' });
    await expect(put('more', 'ALARM(gone) OR ALARM(a)')).rejects.toMatchObject({
      message: 'Could not save the composite alarm as alarms [gone] in the alarm rule do not exist',
    });
    await expect(put('calm', 'ALARM(a)', { ActionsSuppressor: 'b' })).rejects.toMatchObject({
      message: 'ActionsSuppressor is not rehearsed: its actions are never suppressed',
    });
    await expect(put('a', 'ALARM(b)')).rejects.toMatchObject({
      message: 'An alarm of another type has the name a',
    });
  });
});

describe('DescribeAlarms', () => {
  beforeEach(async () => {
    for (const AlarmName of ['web-1', 'web-2', 'web-3', 'db']) {
      await putAlarm({ AlarmName, InsufficientDataActions: AlarmName === 'db' ? [TOPIC] : [] });
    }
    await run('PutCompositeAlarm', { AlarmName: 'web', AlarmRule: 'ALARM("web-1")' });
  });

  async function names(input: object): Promise<string[]> {
    return (await describeAlarms(input)).map(({ AlarmName = '' }) => AlarmName);
  }

  test.each([
    [{}, ['db', 'web-1', 'web-2', 'web-3']],
    [{ AlarmTypes: ['CompositeAlarm'] }, ['web']],
    [{ AlarmNames: ['db', 'gone'] }, ['db']],
    [{ AlarmNamePrefix: 'web-' }, ['web-1', 'web-2', 'web-3']],
    [{ StateValue: 'OK' }, []],
    [{ StateValue: 'OK', AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }, ['web']],
    [{ ActionPrefix: 'arn:aws:sns' }, ['db']],
    [{ ChildrenOfAlarmName: 'web' }, ['web-1']],
    [{ ParentsOfAlarmName: 'web-1' }, ['web']],
  ])('finds by %j', async (input, expected) => {
    expect(await names(input)).toEqual(expected);
  });

  test('returns pages', async () => {
    const first: DescribeAlarmsOutput = await run('DescribeAlarms', { MaxRecords: 3 });
    const { NextToken } = first;
    const second: DescribeAlarmsOutput = await run('DescribeAlarms', { MaxRecords: 3, NextToken });

    expect([first.MetricAlarms?.length, second.MetricAlarms?.length]).toEqual([3, 1]);
    expect(second).not.toHaveProperty('NextToken');
    await expect(run('DescribeAlarms', { NextToken: 'x' })).rejects.toMatchObject({
      name: 'InvalidNextToken',
    });
    await expect(
      run('DescribeAlarms', { AlarmNames: ['db'], AlarmNamePrefix: 'd' }),
    ).rejects.toMatchObject({ name: 'InvalidParameterCombinationException' });
  });

  test('has a sister that looks for one metric', async () => {
    const { Namespace, MetricName, Dimensions } = base;
    const ask = async (more: object) => {
      const input = { Namespace, MetricName, Dimensions, ...more };
      const response: DescribeAlarmsForMetricOutput = await run('DescribeAlarmsForMetric', input);
      return response.MetricAlarms?.length;
    };

    expect(await ask({})).toBe(4);
    expect(await ask({ Statistic: 'Maximum', Period: 60 })).toBe(4);
    expect(await ask({ Statistic: 'Sum' })).toBe(0);
    expect(await ask({ Dimensions: [] })).toBe(0);
  });

  test('forgets what is deleted, all or none', async () => {
    await expect(run('DeleteAlarms', { AlarmNames: ['db', 'gone'] })).rejects.toMatchObject({
      name: 'ResourceNotFound',
    });
    await run('DeleteAlarms', { AlarmNames: ['db', 'web'] });

    expect(await names({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] })).toEqual([
      'web-1',
      'web-2',
      'web-3',
    ]);
  });
});

describe('an alarm on what a service measures of itself', () => {
  /** Measures a value a minute, from the start on; undefined says that it doesn't. */
  function addSource(valueAt: (timeMs: number) => number | undefined, canForesee: boolean) {
    const listeners: (() => void)[] = [];
    const { Namespace: namespace, MetricName: metricName } = base;
    const metric = { namespace, metricName, dimensions: { Environment: 'local' } };
    cloudwatch.addSource({
      namespace,
      metrics: (region) => (region === 'us-east-1' ? [metric] : []),
      datapoints(_metric, _region, startMs, endMs) {
        const until = canForesee ? endMs : Math.min(endMs, clock.now().getTime() + 1);
        const values: MeasuredValue[] = [];
        for (let timeMs = Math.ceil(startMs / MINUTE) * MINUTE; timeMs < until; timeMs += MINUTE) {
          const value = valueAt(timeMs);
          if (value !== undefined) values.push({ timeMs, value });
        }
        return values;
      },
      onChange: (listener) => void listeners.push(listener),
    });
    return () => {
      for (const listener of listeners) listener();
    };
  }

  test('returns its metrics as any others', async () => {
    addSource(() => 3, true);

    expect(await run('ListMetrics', { Namespace: 'Shop' })).toMatchObject({
      Metrics: [{ MetricName: 'Latency' }],
    });
    await clock.advance(3 * MINUTE);
    const { Datapoints }: GetMetricStatisticsOutput = await run('GetMetricStatistics', {
      Namespace: 'Shop',
      MetricName: 'Latency',
      Dimensions: base.Dimensions,
      StartTime: new Date(clock.now().getTime() - 10 * MINUTE),
      EndTime: new Date(clock.now().getTime() + 10 * MINUTE),
      Period: 60,
      Statistics: ['Average'],
    });
    // Nobody is notified of what has not been measured yet.
    expect(Datapoints?.length).toBe(11);
  });

  test.each([true, false])(
    'goes off after a change of course (it foresees: %p)',
    async (foresees) => {
      let isBroken = false;
      const changed = addSource(() => (isBroken ? 5 : 0), foresees);
      await putAlarm({ EvaluationPeriods: 3, TreatMissingData: 'breaching' });
      await clock.advance(10 * MINUTE);
      expect(await state()).toBe('OK');
      const before = clock.now().getTime();
      isBroken = true;
      changed();
      await clock.advance(5 * MINUTE);

      expect(events.at(-1)?.detail['state']).toMatchObject({ value: 'ALARM' });
      expect(events.at(-1)?.time.getTime()).toBeLessThanOrEqual(before + 4 * MINUTE);
    },
  );

  test.each([true, false])('goes off when they stop (it foresees: %p)', async (foresees) => {
    let stopsAtMs = Number.POSITIVE_INFINITY;
    const changed = addSource((timeMs) => (timeMs < stopsAtMs ? 0 : undefined), foresees);
    await putAlarm({ EvaluationPeriods: 3, TreatMissingData: 'breaching' });
    await clock.advance(10 * MINUTE);
    stopsAtMs = clock.now().getTime();
    changed();

    await clock.advance(10 * MINUTE);

    expect(events.at(-1)?.detail['state']).toMatchObject({
      value: 'ALARM',
      reason: expect.stringContaining('missing datapoints were treated as [Breaching]'),
    });
  });

  test('sets no timer while nothing can change', async () => {
    addSource(() => 0, true);
    await putAlarm({ TreatMissingData: 'notBreaching' });
    await clock.advance(MINUTE);
    await state();

    expect(clock.pending()).toBe(0);
  });
});

describe('on a clock that skips', () => {
  function openSkipping() {
    const skipping = createSkippingClock();
    const made = createCloudWatch({
      ...options,
      onBug: (bug) => bugs.push(bug),
      clock: skipping,
      call: async () => ({}),
    });
    const ask = async (action: string, input: object): Promise<object> =>
      made.service.actions[action]!(input, ROOT);
    const start = skipping.now().getTime();
    const passedMs = () => skipping.now().getTime() - start;
    return { skipping, ask, passedMs };
  }

  test('an alarm goes off and is over without anybody waiting', async () => {
    const { skipping, ask, passedMs } = openSkipping();
    await ask('PutMetricAlarm', { ...base, TreatMissingData: 'notBreaching' });
    const { Namespace, MetricName, Dimensions } = base;
    await ask('PutMetricData', { Namespace, MetricData: [{ MetricName, Dimensions, Value: 5 }] });

    await skipping.rested();

    const history: DescribeAlarmHistoryOutput = await ask('DescribeAlarmHistory', {
      HistoryItemType: 'StateUpdate',
    });
    expect(history.AlarmHistoryItems?.map(({ HistorySummary }) => HistorySummary)).toEqual([
      'Alarm updated from ALARM to OK',
      'Alarm updated from INSUFFICIENT_DATA to ALARM',
    ]);
    expect(passedMs()).toBeLessThan(6 * MINUTE);
  });

  test('an alarm that knows nothing, or whose end is hours away, moves no time', async () => {
    const { skipping, ask, passedMs } = openSkipping();
    await ask('PutMetricAlarm', { ...base, TreatMissingData: 'notBreaching' });
    await ask('PutMetricAlarm', { ...base, AlarmName: 'long', Period: 21_600, Statistic: 'Sum' });
    await skipping.rested();
    expect(passedMs()).toBeLessThan(MINUTE);
    const { Namespace, MetricName, Dimensions } = base;

    await ask('PutMetricData', { Namespace, MetricData: [{ MetricName, Dimensions, Value: 5 }] });
    await skipping.rested();

    expect(passedMs()).toBeLessThan(6 * MINUTE);
  });

  test('a wait of hours wakes it no oftener than its state changes', async () => {
    const { skipping, ask } = openSkipping();
    await ask('PutMetricAlarm', { ...base, TreatMissingData: 'notBreaching' });
    const { Namespace, MetricName, Dimensions } = base;
    await ask('PutMetricData', { Namespace, MetricData: [{ MetricName, Dimensions, Value: 0 }] });
    let wakes = 0;
    const { at } = skipping;
    Object.assign(skipping, {
      at: (timeMs: number, wake: () => void, options?: object) => {
        wakes += 1;
        return at(timeMs, wake, options);
      },
    });

    await new Promise<void>((resolve) => {
      skipping.at(skipping.now().getTime() + 2 * 3_600_000, resolve);
    });
    await skipping.rested();

    expect(wakes).toBeLessThan(5);
    expect(await ask('DescribeAlarms', {})).toMatchObject({ MetricAlarms: [{ StateValue: 'OK' }] });
  });
});

describe('the state of an alarm', () => {
  test('rests on the data in its range, not on when somebody asked', async () => {
    const minutes = 40;
    const seeds = [1, 7, 23, 99, 1234];
    const treatments = ['missing', 'breaching', 'notBreaching'];
    for (const seed of seeds) {
      for (const TreatMissingData of treatments) {
        const more = {
          TreatMissingData,
          EvaluationPeriods: 1 + (seed % 4),
          DatapointsToAlarm: 1 + (seed % 2 === 0 ? 0 : seed % 4),
          Period: seed % 2 === 0 ? 60 : 120,
        };
        const asked = await story({ seed, minutes, more, everyMinute: true });
        const unasked = await story({ seed, minutes, more, everyMinute: false });

        expect(unasked).toEqual(asked);
        expect(asked.length).toBeGreaterThan(0);
      }
    }
  });

  /** Plays the same data, and returns every change of state. */
  async function story(options: {
    seed: number;
    minutes: number;
    more: object;
    everyMinute: boolean;
  }): Promise<unknown[]> {
    clock = createTestClock();
    open();
    await putAlarm(options.more);
    let random = options.seed;
    for (let minute = 0; minute < options.minutes; minute += 1) {
      random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
      const kind = (random >> 8) % 5;
      if (kind < 3) await measure(kind === 0 ? 0 : 5);
      await clock.advance(MINUTE);
      if (options.everyMinute) await state();
    }
    await clock.advance(3_600_000);
    await state();
    return events.map(({ time, detail }) => [time.toISOString(), detail['state']]);
  }
});
