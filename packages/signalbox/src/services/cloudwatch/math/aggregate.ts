import { MathFailure } from './expression.ts';
import { collect, type MathValue, one, type Series, scalar, timesOf } from './series.ts';

/** A function that makes one value of several. */
export interface Aggregate {
  readonly fold: (values: readonly number[]) => number;
  /** Whether a series that has no value at a time counts as 0 among others. */
  readonly isMissingZero: boolean;
}

/** The functions that make one number of a time series, and one time series of many. */
export const AGGREGATES = {
  AVG: { fold: average, isMissingZero: true },
  MAX: { fold: (values) => Math.max(...values), isMissingZero: false },
  MIN: { fold: (values) => Math.min(...values), isMissingZero: false },
  STDDEV: { fold: standardDeviation, isMissingZero: false },
  SUM: { fold: sum, isMissingZero: true },
} as const satisfies Readonly<Record<string, Aggregate>>;

/** Aggregates a series over time, or many series over one another. @throws {MathFailure} For a number. */
export function aggregate(value: MathValue, { fold, isMissingZero }: Aggregate): MathValue {
  if (value.kind === 'scalar') throw new MathFailure('A time series is needed, not a number');
  if (value.kind === 'series') {
    const values = [...value.series.points.values()];
    return scalar(values.length === 0 ? 0 : fold(values));
  }
  const { all } = value;
  const points = collect(timesOf(all), (timeMs) => {
    const values = all.map((series) => series.points.get(timeMs));
    const there = values.filter((one) => one !== undefined);
    return fold(isMissingZero ? values.map((one) => one ?? 0) : there);
  });
  return one({ label: labelOf(all), periodMs: all[0]?.periodMs ?? 0, points });
}

function labelOf(all: readonly Series[]): string {
  return all.map(({ label }) => label).join(' ');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function average(values: readonly number[]): number {
  return sum(values) / values.length;
}

function standardDeviation(values: readonly number[]): number {
  const mean = average(values);
  return Math.sqrt(average(values.map((value) => (value - mean) ** 2)));
}
