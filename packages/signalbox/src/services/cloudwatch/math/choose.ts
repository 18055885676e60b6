import { MathFailure } from './expression.ts';
import { collect, type MathArgument, type MathValue, one, type Series } from './series.ts';

/**
 * Evaluates `IF(condition, trueValue, falseValue)` (CloudWatch User Guide, "Using IF expressions").
 * @throws {MathFailure} When the arguments are not of a form that AWS takes.
 */
export function choose([condition, whenTrue, whenFalse]: readonly MathArgument[]): MathValue {
  if (condition === undefined || whenTrue === undefined || whenTrue.kind === 'word') {
    throw new MathFailure('IF needs a condition and a value');
  }
  if (whenFalse?.kind === 'word') throw new MathFailure('IF needs values, not words');
  if (condition.kind === 'scalar') return whole(condition.value !== 0, whenTrue, whenFalse);
  if (condition.kind !== 'series') throw new MathFailure('The condition of IF is one time series');
  const { series } = condition;
  const points = collect(series.points.keys(), (timeMs) =>
    series.points.get(timeMs) === 0 ? valueAt(whenFalse, timeMs) : (valueAt(whenTrue, timeMs) ?? 0),
  );
  return one({ ...series, points });
}

function whole(holds: boolean, whenTrue: MathValue, whenFalse: MathValue | undefined): MathValue {
  if (holds) return whenTrue;
  if (whenFalse !== undefined) return whenFalse;
  const empty: Series = { label: '', periodMs: 0, points: new Map() };
  return one(whenTrue.kind === 'series' ? { ...whenTrue.series, points: new Map() } : empty);
}

function valueAt(value: MathValue | undefined, timeMs: number): number | undefined {
  if (value === undefined) return undefined;
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'series') return value.series.points.get(timeMs);
  throw new MathFailure('IF chooses between numbers and single time series');
}
