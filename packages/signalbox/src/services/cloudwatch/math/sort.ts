import { AGGREGATES, aggregate } from './aggregate.ts';
import { MathFailure } from './expression.ts';
import { type MathArgument, type MathValue, one, type Series } from './series.ts';

const BY = ['AVG', 'MIN', 'MAX', 'SUM'] as const;

/**
 * Sorts series by what they come to: `SORT(METRICS(), SUM, DESC, 10)`.
 * @throws {MathFailure} When the words after the series are none that AWS knows.
 */
export function sort(all: readonly Series[], options: readonly MathArgument[]): MathValue {
  const [by, order, limit] = options;
  const name = BY.find((known) => by?.kind === 'word' && by.word === known);
  const isDescending = order?.kind === 'word' && order.word === 'DESC';
  if (name === undefined || !(isDescending || (order?.kind === 'word' && order.word === 'ASC'))) {
    throw new MathFailure('SORT needs AVG, MIN, MAX or SUM, and then ASC or DESC');
  }
  const ranked = all
    .map((series) => ({ series, rank: rankOf(series, name) }))
    .sort((left, right) => (left.rank - right.rank) * (isDescending ? -1 : 1))
    .map(({ series }) => series);
  return { kind: 'array', all: limit?.kind === 'scalar' ? ranked.slice(0, limit.value) : ranked };
}

function rankOf(series: Series, name: (typeof BY)[number]): number {
  const value = aggregate(one(series), AGGREGATES[name]);
  return value.kind === 'scalar' ? value.value : 0;
}
