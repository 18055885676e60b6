import type { CostAnswer, GroupCost, PeriodCosts } from './cost-answer.ts';
import { grouped } from './grouped.ts';
import { exactMoney, parseMoney } from './money.ts';

/**
 * Makes one answer of an answer's pages: costs by period, then by key and currency, in the order of
 * their text. Pages may come in any order and repeat their periods; a period of which one page is
 * estimated is estimated.
 * @throws {RangeError} For pages of different kinds, or none.
 */
export function mergeAnswers(pages: readonly CostAnswer[]): CostAnswer {
  const [first] = pages;
  if (first === undefined) throw new RangeError('There is no page to merge');
  if (first.kind !== 'costs') return first;
  const costs = pages.flatMap((page) => (page.kind === 'costs' ? [page] : []));
  if (costs.length < pages.length)
    throw new RangeError('Pages of different kinds cannot be merged');
  return {
    kind: 'costs',
    periods: mergePeriods(costs.flatMap(({ periods }) => periods)),
    labels: Object.assign({}, ...costs.map(({ labels }) => labels)),
  };
}

/** Merges periods that stand more than once. */
export function mergePeriods(periods: readonly PeriodCosts[]): PeriodCosts[] {
  const byStart = grouped(periods, ({ start, end }) => `${start}/${end}`);
  return [...byStart]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, same]) => {
      const [first] = same;
      if (first === undefined) return [];
      return [
        {
          start: first.start,
          end: first.end,
          isEstimated: same.some(({ isEstimated }) => isEstimated),
          groups: mergeGroups(same.flatMap(({ groups }) => groups)),
        },
      ];
    });
}

function mergeGroups(groups: readonly GroupCost[]): GroupCost[] {
  const byKey = grouped(groups, groupName);
  return [...byKey]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, same]) => {
      const [first] = same;
      const total = same.reduce((sum, { amount }) => sum + parseMoney(amount), 0n);
      return first === undefined ? [] : [{ ...first, amount: exactMoney(total) }];
    });
}

/** A group's keys and currency as one text. */
function groupName({ keys, currency }: GroupCost): string {
  return [...keys, currency].join('\u0000');
}
