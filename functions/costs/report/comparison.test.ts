import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CostAnswer } from '../cost-answer.ts';
import { exactMoney, parseMoney, sum } from '../money.ts';
import { addMonths } from '../month.ts';
import { type ComparisonOptions, compareMonths, type Line } from './comparison.ts';

type Costs = Extract<CostAnswer, { kind: 'costs' }>;
type Amounts = Readonly<Record<string, string>>;

const setting: ComparisonOptions = { month: '2026-10', meanOf: 6, normaliseDays: false };

/** Costs of the months that end with October 2026, in USD unless a key says `key@EUR`. */
function costs(...months: readonly Amounts[]): Costs {
  return {
    kind: 'costs',
    labels: { '111111111111': 'web' },
    periods: months.map((amounts, index) => {
      const month = addMonths('2026-10', index - months.length + 1);
      return {
        start: `${month}-01`,
        end: `${addMonths(month, 1)}-01`,
        isEstimated: false,
        groups: Object.entries(amounts).map(([name, amount]) => {
          const [key = '', currency = 'USD'] = name.split('@');
          return { keys: [key], currency, amount };
        }),
      };
    }),
  };
}

/** A line in short: its amounts as text. */
function shown({ key, current, previous, delta, percent, status }: Line) {
  const text = (amount: bigint | undefined) =>
    amount === undefined ? undefined : exactMoney(amount);
  return [key, text(current), text(previous), text(delta), percent, status];
}

function linesOf(answer: Costs, more: Partial<ComparisonOptions> = {}) {
  const [comparison] = compareMonths(answer, { ...setting, ...more });
  return (comparison?.lines ?? []).map(shown);
}

describe('compareMonths()', () => {
  test('compares a month with the one before', () => {
    expect(linesOf(costs({ EC2: '100', S3: '10' }, { EC2: '125.5', S3: '9' }))).toEqual([
      ['EC2', '125.5', '100', '25.5', 2_550n, 'changed'],
      ['S3', '9', '10', '-1', -1_000n, 'changed'],
    ]);
  });

  test('tells what is new and what vanished, and never divides by zero', () => {
    expect(linesOf(costs({ Redshift: '512', Free: '0' }, { Bedrock: '801.2', Free: '0' }))).toEqual(
      [
        ['Bedrock', '801.2', '0', '801.2', undefined, 'new'],
        ['Redshift', '0', '512', '-512', -10_000n, 'vanished'],
      ],
    );
  });

  test('takes a negative month for what it is', () => {
    expect(linesOf(costs({ EC2: '-200' }, { EC2: '-50' }))).toEqual([
      ['EC2', '-50', '-200', '150', 7_500n, 'changed'],
    ]);
  });

  test('has nothing to compare a first month with', () => {
    const [comparison] = compareMonths(costs({}, { EC2: '5' }), setting);

    expect(comparison?.total).toMatchObject({
      previous: undefined,
      delta: undefined,
      mean: undefined,
    });
    expect(comparison?.lines.map(shown)).toEqual([
      ['EC2', '5', undefined, undefined, undefined, 'unchanged'],
    ]);
  });

  test('takes the mean of three months and more, as far back as there are any without a gap', () => {
    const meanOf = (...months: readonly Amounts[]) => {
      const mean = compareMonths(costs(...months), setting)[0]?.total.mean;
      return mean === undefined ? undefined : exactMoney(mean);
    };

    expect(meanOf({ a: '1' }, { a: '2' }, { a: '9' })).toBeUndefined();
    expect(meanOf({ a: '1' }, { a: '2' }, { a: '6' }, { a: '9' })).toBe('3');
    expect(meanOf({ a: '900' }, {}, { a: '1' }, { a: '2' }, { a: '6' }, { a: '9' })).toBe('3');
    expect(meanOf(...Array(9).fill({ a: '1' }), { b: '3' })).toBe('1');
  });

  test('counts what a month does not have as nothing in the mean', () => {
    const [comparison] = compareMonths(
      costs({ a: '1', b: '9' }, { a: '1' }, { a: '1' }, { a: '1', b: '4' }),
      setting,
    );

    expect(comparison?.lines[0]).toMatchObject({ key: 'b', mean: parseMoney('3') });
  });

  test('never adds currencies up', () => {
    const comparisons = compareMonths(
      costs({ EC2: '10', 'EC2@EUR': '500' }, { EC2: '20', 'EC2@EUR': '400', 'S3@EUR': '1' }),
      setting,
    );

    expect(comparisons.map(({ currency, total }) => [currency, exactMoney(total.current)])).toEqual(
      [
        ['EUR', '401'],
        ['USD', '20'],
      ],
    );
  });

  test('normalises by days on request', () => {
    const answer = costs({ a: '300' }, { a: '310' });

    expect(linesOf(answer)).toEqual([['a', '310', '300', '10', 333n, 'changed']]);
    // September has 30 days, October 31.
    expect(linesOf(answer, { normaliseDays: true })).toEqual([
      ['a', '310', '310', '0', 0n, 'unchanged'],
    ]);
  });

  test('names accounts', () => {
    const [comparison] = compareMonths(
      costs({}, { '111111111111': '5', '222222222222': '4' }),
      setting,
    );

    expect(comparison?.lines.map(({ label }) => label)).toEqual([
      'web (111111111111)',
      '222222222222',
    ]);
  });

  test.each([
    ['2026-10-01', '2026-10-31'],
    ['2026-10-02', '2026-11-01'],
    ['2026-10-01', '2026-12-01'],
  ])('refuses to compare %s to %s, which is no month', (start, end) => {
    const answer = costs({ a: '1' }, { a: '1' });
    const [first] = answer.periods;
    const partial = { ...answer, periods: [first!, { ...first!, start, end }] };

    expect(() => compareMonths(partial, setting)).toThrow(
      expect.objectContaining({ name: 'IncompleteMonthError' }),
    );
  });

  test('refuses to go without the month itself', () => {
    expect(() => compareMonths(costs({ a: '1' }), { ...setting, month: '2026-11' })).toThrow(
      expect.objectContaining({ name: 'CostsNotFetchedError' }),
    );
  });

  test('has totals that are the sums of the lines, exactly', () => {
    const amount = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map(exactMoney);
    const month = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'a@EUR', 'b@EUR'), amount);

    fc.assert(
      fc.property(fc.array(month, { minLength: 1, maxLength: 7 }), (months) => {
        for (const { total, lines } of compareMonths(costs(...months), setting)) {
          expect(sum(lines.map(({ current }) => current))).toBe(total.current);
          if (total.previous !== undefined) {
            expect(sum(lines.map(({ previous }) => previous ?? 0n))).toBe(total.previous);
            expect(sum(lines.map(({ delta }) => delta ?? 0n))).toBe(total.delta);
          }
        }
      }),
    );
  });
});
