import { MathFailure } from './expression.ts';
import {
  gridOf,
  type MathArgument,
  type MathRange,
  type MathValue,
  one,
  type Series,
} from './series.ts';

/**
 * Fills the periods of a range that have no value: with a number, with another series' value, with
 * the last value (`REPEAT`), or on a line from value to value (`LINEAR`).
 * @throws {MathFailure} For another filler, and for a number in place of a time series.
 */
export function fill(
  value: MathValue,
  filler: MathArgument | undefined,
  range: MathRange,
): MathValue {
  if (value.kind === 'scalar') throw new MathFailure('FILL needs a time series, not a number');
  if (value.kind === 'series') return one(filled(value.series, filler, range));
  return { kind: 'array', all: value.all.map((series) => filled(series, filler, range)) };
}

function filled(series: Series, filler: MathArgument | undefined, range: MathRange): Series {
  const valueAt = fillerOf(series, filler);
  const points = new Map<number, number>();
  for (const timeMs of gridOf(range, series.periodMs)) {
    const value = series.points.get(timeMs) ?? valueAt(timeMs);
    if (value !== undefined) points.set(timeMs, value);
  }
  return { ...series, points };
}

function fillerOf(
  series: Series,
  filler: MathArgument | undefined,
): (timeMs: number) => number | undefined {
  if (filler?.kind === 'scalar') return () => filler.value;
  if (filler?.kind === 'series') return (timeMs) => filler.series.points.get(timeMs);
  if (filler?.kind === 'word' && filler.word === 'REPEAT') {
    return (timeMs) => before(series, timeMs)?.[1];
  }
  if (filler?.kind === 'word' && filler.word === 'LINEAR') {
    return (timeMs) => between(series, timeMs);
  }
  throw new MathFailure('FILL needs a number, a time series, REPEAT or LINEAR');
}

function before(series: Series, timeMs: number): readonly [number, number] | undefined {
  return [...series.points].findLast(([own]) => own < timeMs);
}

function between(series: Series, timeMs: number): number | undefined {
  const left = before(series, timeMs);
  const right = [...series.points].find(([own]) => own > timeMs);
  if (left === undefined || right === undefined) return undefined;
  return left[1] + ((right[1] - left[1]) * (timeMs - left[0])) / (right[0] - left[0]);
}
