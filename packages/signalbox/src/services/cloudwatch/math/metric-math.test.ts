import { describe, expect, test } from '@jest/globals';
import { evaluateExpression } from './evaluate-expression.ts';
import { parseExpression } from './parse-expression.ts';
import { type MathValue, one, type Series } from './series.ts';

const PERIOD = 60_000;

/** Values of one minute each; undefined is missing. */
function series(label: string, values: readonly (number | undefined)[]): Series {
  const points = values.flatMap((value, index) =>
    value === undefined ? [] : [[index * PERIOD, value] as const],
  );
  return { label, periodMs: PERIOD, points: new Map(points) };
}

type Given = Readonly<Record<string, readonly (number | undefined)[]>>;

function evaluate(text: string, given: Given): MathValue {
  const metrics = new Map(Object.entries(given).map(([id, values]) => [id, series(id, values)]));
  const length = Math.max(0, ...Object.values(given).map((values) => values.length));
  return evaluateExpression(parseExpression(text), {
    range: { startMs: 0, endMs: length * PERIOD, periodMs: PERIOD },
    metrics,
    valueOf: (id) => {
      const own = metrics.get(id);
      if (own === undefined) throw new Error(`no ${id}`);
      return one(own);
    },
  });
}

function values(value: MathValue, length: number): unknown {
  if (value.kind === 'scalar') return value.value;
  const read = (own: Series) =>
    Array.from({ length }, (_, index) => own.points.get(index * PERIOD));
  return value.kind === 'series' ? read(value.series) : value.all.map(read);
}

const _ = undefined;

describe('evaluateExpression()', () => {
  // The examples of the CloudWatch User Guide, "Metric math syntax and functions".
  test.each([
    ['m1 < m2', [0, 0, 1, 0]],
    ['m1 >= 30', [1, 0, 0, 0]],
    ['m1 > 15 AND m2 > 15', [1, 0, 0, 0]],
    ['m1 > 15 && m2 > 15', [1, 0, 0, 0]],
    ['m1 == 0 || m2 == 20', [1, 0, 1, 1]],
  ])('compares %s', (text, expected) => {
    const given = { m1: [30, 20, 0, 0], m2: [20, _, 20, _] };

    expect(values(evaluate(text, given), 4)).toEqual(expected);
  });

  test.each([
    ['IF(a, b, c)', [30, 0, 20, _, _]],
    ['IF(a, 5, c)', [5, 5, 20, _, _]],
    ['IF(a, b, 5)', [30, 0, 5, 5, _]],
    ['IF(a, b)', [30, 0, _, _, _]],
    ['IF(1, b, c)', [30, _, 0, 0, 30]],
    ['IF(0, b, c)', [0, 0, 20, _, 20]],
    ['IF(0, b)', [_, _, _, _, _]],
  ])('chooses by %s', (text, expected) => {
    const given = { a: [1, 1, 0, 0, _], b: [30, _, 0, 0, 30], c: [0, 0, 20, _, 20] };

    expect(values(evaluate(text, given), 5)).toEqual(expected);
  });

  test.each([
    ['m1 + m2 * 2', [21, 2, 40]],
    ['(m1 + m2) * 2', [22, 4, 40]],
    ['-m1', [-1, -2, _]],
    ['2 ^ m1 ^ 2', [2, 16, _]],
    ['100 * m1 / m2', [10, _, 0]],
    ['m1 - 1.5e0', [-0.5, 0.5, _]],
    ['SUM(METRICS())', [11, 2, 20]],
    ['SUM([m1, m2]) - m1', [10, 0, 20]],
    ['AVG(METRICS())', [5.5, 1, 10]],
    ['MAX(METRICS())', [10, 2, 20]],
    ['MIN([m1, m2])', [1, 2, 20]],
    ['SUM(METRICS("m2"))', [10, _, 20]],
    ['m1 / SUM(m1)', [1 / 3, 2 / 3, _]],
    ['ABS(m1 - m2)', [9, 2, 20]],
    ['CEIL(m1 / 2)', [1, 1, _]],
    ['FLOOR(m1 / 2)', [0, 1, _]],
    ['LOG10(m2)', [1, _, Math.log10(20)]],
    ['DIFF(m2)', [_, _, 10]],
    ['DIFF_TIME(m2)', [_, _, 120]],
    ['RATE(m2)', [_, _, 10 / 120]],
    ['RUNNING_SUM(m1)', [1, 3, _]],
    ['FILL(m1, 0)', [1, 2, 0]],
    ['FILL(m2, REPEAT)', [10, 10, 20]],
    ['FILL(m2, LINEAR)', [10, 15, 20]],
    ['FILL(m1, m2)', [1, 2, 20]],
    ['FIRST(SORT(METRICS(), SUM, DESC))', [10, _, 20]],
    ['LAST(SORT(METRICS(), MAX, DESC))', [1, 2, _]],
    ['m1 / PERIOD(m1)', [1 / 60, 2 / 60, _]],
    ['m1 * METRIC_COUNT(METRICS())', [2, 4, _]],
    ['m1 + DATAPOINT_COUNT(m2)', [3, 4, _]],
    ['TIME_SERIES(MAX(m1))', [2, 2, 2]],
    ['MINUTE(m1)', [0, 1, 2]],
    ['DAY(m1)', [4, 4, 4]],
  ])('evaluates %s', (text, expected) => {
    const given = { m1: [1, 2, _], m2: [10, _, 20] };

    expect(values(evaluate(text, given), 3)).toEqual(expected);
  });

  test('makes arrays of arrays, slices them and takes the empty away', () => {
    const given = { m1: [1], m2: [2], m3: [_] };

    expect(values(evaluate('METRICS() * 10', given), 1)).toEqual([[10], [20], [_]]);
    expect(values(evaluate('REMOVE_EMPTY(METRICS())', given), 1)).toEqual([[1], [2]]);
    expect(values(evaluate('SLICE(SORT([m1, m2], SUM, DESC), 0, 1)', given), 1)).toEqual([[2]]);
    expect(values(evaluate('[m1, m2] - [m2, m1]', given), 1)).toEqual([[-1], [1]]);
  });

  test.each([
    ['m1 +', 'The expression ends too early'],
    ['m1 ? m2', 'Unexpected "? m2" in "m1 ? m2"'],
    ['SUM(m1', 'Expected ), not the end'],
    ['sum(m1)', 'Unknown function sum: functions are written in uppercase letters'],
    ['SEARCH("x", "Sum")', 'SEARCH is not rehearsed: name the metrics one by one'],
    ['ANOMALY_DETECTION_BAND(m1)', 'ANOMALY_DETECTION_BAND is not rehearsed: it learns no bands'],
    ['FILL(m1, NEXT)', 'FILL needs a number, a time series, REPEAT or LINEAR'],
    ['ABS()', 'ABS needs a time series as its argument 1'],
    ['SUM(5)', 'A time series is needed, not a number'],
    ['[m1, 5]', 'An array holds time series, not numbers'],
  ])('refuses %s', (text, message) => {
    expect(() => evaluate(text, { m1: [1] })).toThrow(message);
  });
});
