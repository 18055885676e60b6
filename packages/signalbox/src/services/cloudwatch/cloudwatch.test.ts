import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock, type TestClock } from '../../core/test-clock.ts';
import { type CloudWatch, createCloudWatch } from './cloudwatch.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const Namespace = 'MyApp/Performance';
const MetricName = 'ResponseTime';
const Dimensions = [{ Name: 'Environment', Value: 'local' }];
const range = {
  StartTime: new Date('2026-01-05T10:00:00Z'),
  EndTime: new Date('2026-01-05T11:00:00Z'),
};

let clock: TestClock;
let cloudwatch: CloudWatch;

let bugs: unknown[];

beforeEach(() => {
  bugs = [];
  clock = createTestClock();
  cloudwatch = createCloudWatch({
    clock,
    region: 'us-east-1',
    accountId: '123456789012',
    call: async () => ({}),
    onBug: (bug) => bugs.push(bug),
  });
});
afterEach(() => expect(bugs).toEqual([]));

async function run(action: string, input: object): Promise<Record<string, unknown>> {
  return { ...(await cloudwatch.service.actions[action]!(input, caller)) };
}

function put(datum: object) {
  const MetricData = [{ MetricName, Dimensions, Unit: 'Milliseconds', ...datum }];
  return run('PutMetricData', { Namespace, MetricData });
}

function statistics(more: object = {}) {
  return run('GetMetricStatistics', {
    Namespace,
    MetricName,
    Dimensions,
    ...range,
    Period: 300,
    Statistics: ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'],
    ...more,
  });
}

describe('GetMetricStatistics', () => {
  test('sums values up by period on the clock', async () => {
    await put({ Value: 10 });
    await put({ Values: [20, 40], Counts: [2, 1] });
    await clock.advance(300_000);
    await put({ StatisticValues: { SampleCount: 2, Sum: 6, Minimum: 1, Maximum: 5 } });

    expect(await statistics()).toEqual({
      Label: MetricName,
      Datapoints: [
        {
          Timestamp: new Date('2026-01-05T10:00:00Z'),
          Unit: 'Milliseconds',
          SampleCount: 4,
          Sum: 90,
          Average: 22.5,
          Minimum: 10,
          Maximum: 40,
        },
        {
          Timestamp: new Date('2026-01-05T10:05:00Z'),
          Unit: 'Milliseconds',
          SampleCount: 2,
          Sum: 6,
          Average: 3,
          Minimum: 1,
          Maximum: 5,
        },
      ],
    });
  });

  test('returns percentiles', async () => {
    await put({ Values: Array.from({ length: 100 }, (_, index) => index + 1) });

    const response = await statistics({
      Statistics: undefined,
      ExtendedStatistics: ['p50', 'p99'],
    });

    expect(response).toMatchObject({ Datapoints: [{ ExtendedStatistics: { p50: 50, p99: 99 } }] });
  });

  test('takes each set of dimensions as a metric of its own', async () => {
    await put({ Value: 1 });
    await put({ Value: 2, Dimensions: [...Dimensions, { Name: 'service', Value: 'orders' }] });

    expect(await statistics()).toMatchObject({ Datapoints: [{ Sum: 1 }] });
    expect(await statistics({ Dimensions: [] })).toMatchObject({ Datapoints: [] });
  });

  test('refuses a wrong range, period and count', async () => {
    await expect(statistics({ EndTime: range.StartTime })).rejects.toMatchObject({
      message: 'The parameter StartTime must be less than the parameter EndTime.',
    });
    await expect(statistics({ Period: 90 })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
    await expect(statistics({ Period: 1 })).rejects.toMatchObject({
      message:
        'You have requested up to 3,600 datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.',
    });
  });
});

describe('GetMetricData', () => {
  const query = (Id: string, Stat: string, more: object = {}) => ({
    Id,
    MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: 60, Stat },
    ...more,
  });

  test('returns each series newest first', async () => {
    await put({ Value: 1 });
    await clock.advance(60_000);
    await put({ Value: 2 });

    const MetricDataQueries = [
      query('sum', 'Sum'),
      query('p', 'p90', { Label: 'slow' }),
      query('hidden', 'Sum', { ReturnData: false }),
    ];
    expect(await run('GetMetricData', { MetricDataQueries, ...range })).toMatchObject({
      MetricDataResults: [
        { Id: 'sum', Label: MetricName, Values: [2, 1], StatusCode: 'Complete' },
        { Id: 'p', Label: 'slow', Values: [2, 1] },
      ],
    });
    const ScanBy = 'TimestampAscending';
    expect(await run('GetMetricData', { MetricDataQueries, ...range, ScanBy })).toMatchObject({
      MetricDataResults: [{ Values: [1, 2] }, {}],
    });
  });

  test('refuses functions by name and ids that repeat', async () => {
    const ask = (MetricDataQueries: object[]) =>
      run('GetMetricData', { MetricDataQueries, ...range });

    await expect(ask([{ Id: 'e', Expression: "SEARCH('x', 'Sum')" }])).rejects.toMatchObject({
      name: 'ValidationError',
      message: "Error in expression 'e': SEARCH is not rehearsed: name the metrics one by one",
    });
    await expect(ask([query('a', 'Sum'), query('a', 'Sum')])).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });
});

describe('ListMetrics', () => {
  test('filters by name and dimension', async () => {
    await put({ Value: 1 });
    await put({ Value: 1, MetricName: 'OrdersPlaced', Dimensions: [] });

    expect(await run('ListMetrics', {})).toMatchObject({
      Metrics: [
        { Namespace, MetricName, Dimensions },
        { MetricName: 'OrdersPlaced', Dimensions: [] },
      ],
    });
    const filter = { Dimensions: [{ Name: 'Environment' }] };
    expect(await run('ListMetrics', filter)).toMatchObject({ Metrics: [{ MetricName }] });
    expect(await run('ListMetrics', { Namespace: 'Other' })).toEqual({ Metrics: [] });
  });
});

describe('PutMetricData', () => {
  test('refuses what does not fit, and then takes nothing', async () => {
    await expect(put({})).rejects.toMatchObject({
      name: 'MissingRequiredParameterException',
      message: 'The parameter MetricData.member.1.Value is required.',
    });
    await expect(put({ Value: 1, Values: [1] })).rejects.toMatchObject({
      name: 'InvalidParameterCombinationException',
    });
    await expect(put({ Value: Number.NaN })).rejects.toMatchObject({
      message: 'The value NaN for parameter MetricData.member.1.Value is invalid.',
    });
    await expect(put({ Values: [1], Counts: [1, 2] })).rejects.toMatchObject({
      message: expect.stringContaining('same size'),
    });
    expect(await run('ListMetrics', {})).toEqual({ Metrics: [] });
  });
});

describe('record()', () => {
  test('takes in datapoints of other services', async () => {
    cloudwatch.record(
      [
        {
          namespace: Namespace,
          metricName: MetricName,
          dimensions: { Environment: 'local' },
          timestampMs: clock.now().getTime(),
          unit: 'Milliseconds',
          storageResolution: 60,
          samples: { kind: 'values', values: [{ value: 7, count: 1 }] },
        },
      ],
      'us-east-1',
    );

    expect(await statistics()).toMatchObject({ Datapoints: [{ Sum: 7 }] });
  });
});
