import { describe, expect, test } from '@jest/globals';
import type { Conditions, TreatMissingData } from './alarm.ts';
import { type EvaluatedPeriod, evaluatePeriods, hasLowSamples } from './evaluate-periods.ts';

const RETAINED = 'retained';
const NO_DATA = 'INSUFFICIENT_DATA';

function conditions(more: Partial<Conditions> = {}): Conditions {
  return {
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    threshold: 1,
    comparison: 'GreaterThanOrEqualToThreshold',
    treatMissingData: undefined,
    lowSamples: undefined,
    ...more,
  };
}

/** Reads a row of the documentation: `0` does not breach, `X` does, `-` is missing; the newest last. */
function periods(row: string): readonly (EvaluatedPeriod | undefined)[] {
  return row.split(' ').map((sign, index) => {
    if (sign === '-') return undefined;
    return { timeMs: index * 60_000, value: sign === 'X' ? 1 : 0, sampleCount: 1 };
  });
}

type Row = readonly [string, number, string, string, string, string];

// CloudWatch User Guide, "How alarm state is evaluated when data is missing": 3 out of 3.
const THREE_OF_THREE: readonly Row[] = [
  ['0 - X - X', 0, 'OK', 'OK', 'OK', 'OK'],
  ['0 - - - -', 2, 'OK', 'OK', 'OK', 'OK'],
  ['- - - - -', 3, NO_DATA, RETAINED, 'ALARM', 'OK'],
  ['0 X X - X', 0, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['- - X - -', 2, 'ALARM', RETAINED, 'ALARM', 'OK'],
  // From the earlier edition of the same table.
  ['- - - - X', 2, NO_DATA, RETAINED, 'ALARM', 'OK'],
  ['X - - - -', 2, 'ALARM', RETAINED, 'ALARM', 'OK'],
  // "Avoiding premature transitions": it waits while the next datapoint may not breach.
  ['- - - X -', 2, NO_DATA, RETAINED, 'ALARM', 'OK'],
  ['- - - X 0', 1, 'OK', 'OK', 'OK', 'OK'],
  ['- - X - 0', 1, 'OK', 'OK', 'OK', 'OK'],
];

// The same, 2 out of 3.
const TWO_OF_THREE: readonly Row[] = [
  ['0 - X - X', 0, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['0 0 X 0 X', 0, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['0 - X - -', 1, 'OK', 'OK', 'ALARM', 'OK'],
  ['- - - - 0', 2, 'OK', 'OK', 'ALARM', 'OK'],
  ['- - - X -', 2, 'ALARM', RETAINED, 'ALARM', 'OK'],
  // From the earlier edition of the same table.
  ['- - - - X', 2, NO_DATA, RETAINED, 'ALARM', 'OK'],
];

const TREATMENTS: readonly TreatMissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];

describe('evaluatePeriods()', () => {
  const cases = [
    ...THREE_OF_THREE.map((row) => [3, row] as const),
    ...TWO_OF_THREE.map((row) => [2, row] as const),
  ].flatMap(([datapointsToAlarm, [row, filled, ...states]]) =>
    TREATMENTS.map((treatMissingData, index) => ({
      row,
      filled,
      datapointsToAlarm,
      treatMissingData,
      state: states[index],
    })),
  );

  test.each(cases)(
    'takes $row, $datapointsToAlarm out of 3, $treatMissingData, to $state',
    ({ row, filled, state, ...more }) => {
      const evaluation = evaluatePeriods(periods(row), conditions(more));

      expect(evaluation).toMatchObject({ state, filled });
    },
  );

  test('takes missing data as missing, and all periods as the datapoints to alarm, unless they are given', () => {
    const plain = conditions({ datapointsToAlarm: undefined });

    expect(evaluatePeriods(periods('- - - - -'), plain).state).toBe(NO_DATA);
    expect(evaluatePeriods(periods('0 0 X X X'), plain).state).toBe('ALARM');
    expect(evaluatePeriods(periods('X X 0 X X'), plain).state).toBe('OK');
  });

  test('counts what breaches already, however much is missing', () => {
    const any = conditions({ datapointsToAlarm: 1, treatMissingData: 'notBreaching' });

    expect(evaluatePeriods(periods('- - - X 0'), any).state).toBe('ALARM');
  });

  test.each([
    ['GreaterThanOrEqualToThreshold', [2, 1], [0]],
    ['GreaterThanThreshold', [2], [0, 1]],
    ['LessThanThreshold', [0], [1, 2]],
    ['LessThanOrEqualToThreshold', [0, 1], [2]],
  ] as const)('compares by %s', (comparison, breaching, fine) => {
    const state = (value: number): string =>
      evaluatePeriods(
        [{ timeMs: 0, value, sampleCount: 1 }],
        conditions({ comparison, evaluationPeriods: 1, datapointsToAlarm: 1 }),
      ).state;

    expect(breaching.map(state)).toEqual(breaching.map(() => 'ALARM'));
    expect(fine.map(state)).toEqual(fine.map(() => 'OK'));
  });
});

describe('hasLowSamples()', () => {
  const of = (sampleCount: number) => [{ timeMs: 0, value: 1, sampleCount }];

  test('needs 10 / (1 - percentile) samples above the median, 10 / percentile below', () => {
    expect(hasLowSamples(of(999), 99)).toBe(true);
    expect(hasLowSamples(of(1001), 99)).toBe(false);
    expect(hasLowSamples(of(19), 50)).toBe(true);
    expect(hasLowSamples(of(20), 50)).toBe(false);
    expect(hasLowSamples(of(39), 25)).toBe(true);
    expect(hasLowSamples(of(40), 25)).toBe(false);
  });

  test('adds up over the periods', () => {
    expect(hasLowSamples([...of(10), ...of(10)], 50)).toBe(false);
  });
});
