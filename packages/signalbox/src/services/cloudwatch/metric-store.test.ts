import { describe, expect, test } from '@jest/globals';
import { createTestJournal } from '../../store/test-journal.ts';
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

  test('has its metrics again after a kill', () => {
    const openJournal = createTestJournal();
    const limits = { metrics: 20, metricPeriods: 20 };
    const first = new MetricStore(limits, openJournal);
    const summary = { kind: 'summary', sampleCount: 3, sum: 6, minimum: 1, maximum: 3 } as const;
    for (let time = 0; time < 10_010; time += 1) {
      const kept = [datapoint('Orders', time % 7), { ...datapoint('Sums', 1), samples: summary }];
      first.keep(kept, 'eu-central-1');
      for (const one of kept) first.add(one, 'eu-central-1');
    }

    for (let starts = 1; starts <= 2; starts += 1) {
      const again = new MetricStore(limits, openJournal);
      expect(again.all('eu-central-1')).toEqual(first.all('eu-central-1'));
    }
  });
});
