import type { CostAnswer } from '../cost-answer.ts';
import { type Money, parseMoney, sum } from '../money.ts';

/** The expected costs of this month. */
export interface Outlook {
  readonly currency: string;
  readonly spent: Money;
  readonly expected: Money;
  readonly total: Money;
}

/**
 * Adds what this month has cost so far and what Cost Explorer expects of its rest; undefined where it
 * expects nothing, or the currencies differ.
 */
export function outlookOf(
  monthToDate: CostAnswer | undefined,
  forecast: CostAnswer | undefined,
): Outlook | undefined {
  if (forecast?.kind !== 'forecast') return undefined;
  const spentGroups =
    monthToDate?.kind === 'costs' ? monthToDate.periods.flatMap(({ groups }) => groups) : [];
  if (spentGroups.some(({ currency }) => currency !== forecast.currency)) return undefined;
  const spent = sum(spentGroups.map(({ amount }) => parseMoney(amount)));
  const expected = parseMoney(forecast.amount);
  return { currency: forecast.currency, spent, expected, total: spent + expected };
}
