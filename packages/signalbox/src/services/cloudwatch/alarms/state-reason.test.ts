import { describe, expect, test } from '@jest/globals';
import type { Conditions } from './alarm.ts';
import { evaluatePeriods } from './evaluate-periods.ts';
import { stateReason } from './state-reason.ts';
import { javaDouble, longTime } from './texts.ts';

const FIRST = Date.parse('2026-11-22T10:00:00Z');

function reason(values: readonly (number | undefined)[], more: Partial<Conditions> = {}): string {
  const conditions: Conditions = {
    evaluationPeriods: 1,
    datapointsToAlarm: undefined,
    threshold: 1,
    comparison: 'GreaterThanThreshold',
    treatMissingData: undefined,
    lowSamples: undefined,
    ...more,
  };
  const range = values.map((value, index) =>
    value === undefined ? undefined : { timeMs: FIRST + index * 300_000, value, sampleCount: 1 },
  );
  return stateReason(evaluatePeriods(range, conditions), conditions);
}

// The wordings are those of notifications that AWS sent.
describe('stateReason()', () => {
  test('names one datapoint', () => {
    expect(reason([5])).toBe(
      'Threshold Crossed: 1 datapoint [5.0 (22/11/26 10:00:00)] was greater than the threshold (1.0).',
    );
    expect(reason([0.5])).toBe(
      'Threshold Crossed: 1 datapoint [0.5 (22/11/26 10:00:00)] was not greater than the threshold (1.0).',
    );
  });

  test('names several datapoints, newest first', () => {
    const more = { evaluationPeriods: 3, comparison: 'GreaterThanOrEqualToThreshold' } as const;

    expect(reason([1, 5, 4], more)).toBe(
      'Threshold Crossed: 3 datapoints [4.0 (22/11/26 10:10:00), 5.0 (22/11/26 10:05:00), 1.0 (22/11/26 10:00:00)] were greater than or equal to the threshold (1.0).',
    );
  });

  test('says how many are needed where the alarm does', () => {
    const more = { evaluationPeriods: 3, datapointsToAlarm: 2 };

    expect(reason([5, 0, 6], more)).toBe(
      'Threshold Crossed: 2 out of the last 3 datapoints [6.0 (22/11/26 10:10:00), 5.0 (22/11/26 10:00:00)] were greater than the threshold (1.0) (minimum 2 datapoints for OK -> ALARM transition).',
    );
    expect(reason([0, 5, 1], more)).toBe(
      'Threshold Crossed: 2 out of the last 3 datapoints [1.0 (22/11/26 10:10:00), 0.0 (22/11/26 10:00:00)] were not greater than the threshold (1.0) (minimum 2 datapoints for ALARM -> OK transition).',
    );
  });

  test('lists the most recent five of many', () => {
    const more = {
      evaluationPeriods: 6,
      datapointsToAlarm: 6,
      comparison: 'LessThanThreshold',
    } as const;

    expect(reason([0, 0, 0, 0, 0, 0], more)).toMatch(
      /^Threshold Crossed: 6 out of the last 6 datapoints were less than the threshold \(1\.0\)\. The most recent datapoints which crossed the threshold: \[0\.0 \(22\/11\/26 10:25:00\), .*10:05:00\)\] \(minimum 6 datapoints for OK -> ALARM transition\)\.$/,
    );
  });

  test('says how missing datapoints were treated', () => {
    expect(reason([undefined], { treatMissingData: 'breaching' })).toBe(
      'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [Breaching].',
    );
    expect(reason([], { treatMissingData: 'notBreaching', evaluationPeriods: 2 })).toBe(
      'Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [NonBreaching].',
    );
    const breaching = { evaluationPeriods: 3, treatMissingData: 'breaching' } as const;
    expect(reason([1], breaching)).toBe(
      'Threshold Crossed: 1 datapoint [1.0 (22/11/26 10:00:00)] was not greater than the threshold (1.0) and 2 missing datapoints were treated as [Breaching].',
    );
    expect(reason([1], { ...breaching, datapointsToAlarm: 2 })).toBe(
      'Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were treated as [Breaching].',
    );
  });

  test('says that nothing is known', () => {
    expect(reason([undefined])).toBe('Insufficient Data: 1 datapoint was unknown.');
    expect(reason([], { evaluationPeriods: 3 })).toBe(
      'Insufficient Data: 3 datapoints were unknown.',
    );
  });
});

describe('javaDouble()', () => {
  test.each([
    [0, '0.0'],
    [-2, '-2.0'],
    [99.50160229693434, '99.50160229693434'],
    [12_345_678, '1.2345678E7'],
    [1e7, '1.0E7'],
    [0.0005, '5.0E-4'],
  ])('writes %d as %s', (value, text) => {
    expect(javaDouble(value)).toBe(text);
  });
});

describe('longTime()', () => {
  test('writes a time as composite alarms do', () => {
    expect(longTime(Date.parse('2022-07-22T15:57:45.394Z'))).toBe(
      'Friday 22 July, 2022 15:57:45 UTC',
    );
  });
});
