import { describe, expect, test } from '@jest/globals';
import type { Datapoint } from './datapoint.ts';
import { MetricStore } from './metric-store.ts';

function datapoint(metricName: string, minute: number): Datapoint {
  return {
    namespace: 'Shop',
    metricName,
    dimensions: {},
    timestampMs: minute * 60_000,
    unit: 'Count',
    storageResolution: 60,
    samples: { kind: 'values', values: [{ value: 1, count: 1 }] },
  };
}

const namesIn = (store: MetricStore) =>
  store.all('eu-central-1').map(({ metricName }) => metricName);

describe('MetricStore', () => {
  test('keeps the last periods of a metric', () => {
    const store = new MetricStore({ metrics: 5, metricPeriods: 20 });
    for (let minute = 0; minute < 100; minute += 1) {
      store.add(datapoint('Orders', minute), 'eu-central-1');
    }
    const [metric] = store.all('eu-central-1');
    const periods = metric?.buckets.length ?? 0;
    expect({ isKept: periods >= 20, isBounded: periods <= 21 }).toEqual({
      isKept: true,
      isBounded: true,
    });
    expect(metric?.buckets.at(-1)?.timestampMs).toBe(99 * 60_000);
  });

  test('lets the metric go that had no data for the longest time', () => {
    const store = new MetricStore({ metrics: 2, metricPeriods: 20 });
    store.add(datapoint('Early', 1), 'eu-central-1');
    store.add(datapoint('Late', 2), 'eu-central-1');
    store.add(datapoint('Early', 3), 'eu-central-1');
    store.add(datapoint('New', 4), 'eu-central-1');
    expect(namesIn(store)).toEqual(['Early', 'New']);
  });
});
