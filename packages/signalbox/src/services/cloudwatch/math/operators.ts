import { type BinaryOperator, MathFailure } from './expression.ts';
import { collect, type MathValue, mapSeries, one, type Series, scalar, timesOf } from './series.ts';

const OPERATORS: Readonly<Record<BinaryOperator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '^': (left, right) => left ** right,
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  '<=': (left, right) => Number(left <= right),
  '>=': (left, right) => Number(left >= right),
  '<': (left, right) => Number(left < right),
  '>': (left, right) => Number(left > right),
  AND: (left, right) => Number(left !== 0 && right !== 0),
  OR: (left, right) => Number(left !== 0 || right !== 0),
};

/**
 * Applies an operator to numbers, series and arrays of series. AWS: where only one of two series
 * has a value, the other counts as 0; what is divided by zero is dropped.
 * @throws {MathFailure} For two arrays that are not of one length.
 */
export function applyOperator(
  operator: BinaryOperator,
  left: MathValue,
  right: MathValue,
): MathValue {
  const apply = OPERATORS[operator];
  if (left.kind === 'array' || right.kind === 'array') {
    return { kind: 'array', all: arrays(left, right, (a, b) => asSeries(pair(apply, a, b))) };
  }
  return pair(apply, left, right);
}

function arrays(
  left: MathValue,
  right: MathValue,
  apply: (left: MathValue, right: MathValue) => Series,
): readonly Series[] {
  if (left.kind === 'array' && right.kind === 'array') {
    if (left.all.length !== right.all.length) {
      throw new MathFailure('Two arrays of time series must be of the same length');
    }
    return left.all.flatMap((own, index) => {
      const other = right.all[index];
      return other === undefined ? [] : [apply(one(own), one(other))];
    });
  }
  if (left.kind === 'array') return left.all.map((own) => apply(one(own), right));
  return right.kind === 'array' ? right.all.map((own) => apply(left, one(own))) : [];
}

function pair(
  apply: (left: number, right: number) => number,
  left: MathValue,
  right: MathValue,
): MathValue {
  if (left.kind === 'scalar' && right.kind === 'scalar') {
    return scalar(apply(left.value, right.value));
  }
  if (left.kind === 'series' && right.kind === 'scalar') {
    return one(mapSeries(left.series, (value) => apply(value, right.value)));
  }
  if (left.kind === 'scalar' && right.kind === 'series') {
    return one(mapSeries(right.series, (value) => apply(left.value, value)));
  }
  const [own, other] = [asSeries(left), asSeries(right)];
  const points = collect(timesOf([own, other]), (timeMs) =>
    apply(own.points.get(timeMs) ?? 0, other.points.get(timeMs) ?? 0),
  );
  return one({ ...own, points });
}

function asSeries(value: MathValue): Series {
  if (value.kind === 'series') return value.series;
  throw new MathFailure('A time series is needed');
}
