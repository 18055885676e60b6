import { describe, expect, test } from '@jest/globals';
import { metricsOf } from './embedded-metrics.ts';

const timestampMs = 1_767_607_200_000;

function line(directives: unknown, members: object): string {
  return JSON.stringify({
    _aws: { Timestamp: timestampMs, CloudWatchMetrics: directives },
    ...members,
  });
}

function directive(more: object = {}) {
  return {
    Namespace: 'MyApp/Performance',
    Dimensions: [['Environment']],
    Metrics: [{ Name: 'ResponseTime', Unit: 'Milliseconds' }],
    ...more,
  };
}

describe('metricsOf()', () => {
  test('reads one value', () => {
    expect(metricsOf(line([directive()], { Environment: 'local', ResponseTime: 12.5 }))).toEqual([
      {
        namespace: 'MyApp/Performance',
        metricName: 'ResponseTime',
        dimensions: { Environment: 'local' },
        timestampMs,
        unit: 'Milliseconds',
        storageResolution: 60,
        samples: { kind: 'values', values: [{ value: 12.5, count: 1 }] },
      },
    ]);
  });

  test('reads arrays of values, several sets of dimensions and high resolution', () => {
    const Dimensions = [['Environment', 'service'], ['Environment'], []];
    const Metrics = [{ Name: 'Latency', StorageResolution: 1 }];
    const members = { Environment: 'local', service: 'orders', Latency: [1, 2] };

    const datapoints = metricsOf(line([directive({ Dimensions, Metrics })], members));

    expect(datapoints.map(({ dimensions }) => dimensions)).toEqual([
      { Environment: 'local', service: 'orders' },
      { Environment: 'local' },
      {},
    ]);
    expect(datapoints[0]).toMatchObject({
      unit: 'None',
      storageResolution: 1,
      samples: { values: [{ value: 1 }, { value: 2 }] },
    });
  });

  test('reads several directives', () => {
    const directives = [directive(), directive({ Namespace: 'Other' })];

    const datapoints = metricsOf(line(directives, { Environment: 'local', ResponseTime: 1 }));

    expect(datapoints.map(({ namespace }) => namespace)).toEqual(['MyApp/Performance', 'Other']);
  });

  test('reads a line that the Lambda runtime prefixed', () => {
    const prefix = '2026-01-05T10:00:00.000Z\t8a1c5a0e-0000-4000-8000-000000000000\tINFO\t';
    const embedded = line([directive()], { Environment: 'local', ResponseTime: 1 });

    expect(metricsOf(prefix + embedded)).toHaveLength(1);
  });

  test('leaves out a metric and a set of dimensions whose member is missing or wrong', () => {
    const Metrics = [{ Name: 'ResponseTime' }, { Name: 'Missing' }, { Name: 'Text' }];
    const Dimensions = [['Environment'], ['Nowhere'], ['Count']];
    const members = { Environment: 'local', Count: 3, ResponseTime: 1, Text: 'fast' };

    expect(metricsOf(line([directive({ Metrics, Dimensions })], members))).toMatchObject([
      { metricName: 'ResponseTime', dimensions: { Environment: 'local' } },
    ]);
  });

  test.each([
    ['a text', 'hello "CloudWatchMetrics"'],
    ['JSON that is cut off', line([directive()], { ResponseTime: 1 }).slice(0, -2)],
    ['no metadata', JSON.stringify({ CloudWatchMetrics: [] })],
    ['no timestamp', JSON.stringify({ _aws: { CloudWatchMetrics: [directive()] } })],
    [
      'an empty namespace',
      line([directive({ Namespace: '' })], { Environment: 'a', ResponseTime: 1 }),
    ],
    [
      'an unknown unit',
      line([directive({ Metrics: [{ Name: 'ResponseTime', Unit: 'Hours' }] })], {
        Environment: 'a',
        ResponseTime: 1,
      }),
    ],
    [
      'dimensions that are no lists',
      line([directive({ Dimensions: ['Environment'] })], { Environment: 'a', ResponseTime: 1 }),
    ],
    [
      'more than 100 values',
      line([directive()], { Environment: 'a', ResponseTime: Array(101).fill(1) }),
    ],
    ['one wrong directive of two', line([directive(), {}], { Environment: 'a', ResponseTime: 1 })],
  ])('returns nothing for %s', (_, logLine) => {
    expect(metricsOf(logLine)).toEqual([]);
  });
});
