import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CostAnswer, GroupCost } from './cost-answer.ts';
import { mergeAnswers } from './merge-answers.ts';
import { exactMoney, parseMoney, sum } from './money.ts';

type Costs = Extract<CostAnswer, { kind: 'costs' }>;

const MONTHS = ['2026-08', '2026-09', '2026-10'];

/** One line of a bill, with the page on which it comes. */
const lines = fc.array(
  fc.record({
    month: fc.constantFrom(...MONTHS),
    key: fc.constantFrom('EC2', 'RDS', 'S3', 'Tax', ''),
    currency: fc.constantFrom('USD', 'EUR'),
    units: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
    page: fc.nat({ max: 4 }),
    isEstimated: fc.boolean(),
  }),
  { maxLength: 40 },
);

interface Line {
  readonly month: string;
  readonly key: string;
  readonly currency: string;
  readonly units: bigint;
  readonly isEstimated: boolean;
}

function pageOf(some: readonly Line[]): Costs {
  return {
    kind: 'costs',
    labels: {},
    periods: MONTHS.map((month) => {
      const there = some.filter((line) => line.month === month);
      return {
        start: `${month}-01`,
        end: `${month}-28`,
        isEstimated: there.some((line) => line.isEstimated),
        groups: there.map(
          ({ key, currency, units }): GroupCost => ({
            keys: [key],
            currency,
            amount: exactMoney(units),
          }),
        ),
      };
    }),
  };
}

describe('mergeAnswers()', () => {
  test('answers the same, however the lines are split into pages and ordered', () => {
    fc.assert(
      fc.property(
        lines,
        fc.array(fc.nat({ max: 1_000 }), { minLength: 40, maxLength: 40 }),
        (all, order) => {
          const pages = [0, 1, 2, 3, 4].map((page) =>
            pageOf(all.filter((line) => line.page === page)),
          );
          const mixed = all
            .map((line, index) => ({ line, place: order[index] ?? 0 }))
            .sort((a, b) => a.place - b.place)
            .map(({ line }) => line);

          const merged = mergeAnswers(pages);

          expect(mergeAnswers([...pages].reverse())).toEqual(merged);
          expect(mergeAnswers([pageOf(mixed)])).toEqual(merged);
          expect(mergeAnswers([merged])).toEqual(merged);
        },
      ),
    );
  });

  test('loses no money and makes none, in any period and currency', () => {
    fc.assert(
      fc.property(lines, (all) => {
        const merged = mergeAnswers(
          [0, 1, 2, 3, 4].map((page) => pageOf(all.filter((line) => line.page === page))),
        );
        const periods = merged.kind === 'costs' ? merged.periods : [];

        for (const month of MONTHS) {
          for (const currency of ['USD', 'EUR']) {
            const period = periods.find(({ start }) => start === `${month}-01`);
            const groups = (period?.groups ?? []).filter((group) => group.currency === currency);
            const paid = all.filter((line) => line.month === month && line.currency === currency);
            expect(sum(groups.map(({ amount }) => parseMoney(amount)))).toBe(
              sum(paid.map(({ units }) => units)),
            );
          }
        }
      }),
    );
  });

  test('refuses pages of different kinds, and none', () => {
    const forecast: CostAnswer = { kind: 'forecast', amount: '1', currency: 'USD' };

    expect(() => mergeAnswers([pageOf([]), forecast])).toThrow('different kinds');
    expect(() => mergeAnswers([])).toThrow('no page');
    expect(mergeAnswers([forecast])).toBe(forecast);
  });
});
