import type { CostAnswer, PeriodCosts } from '../cost-answer.ts';
import { CostsNotFetchedError, IncompleteMonthError } from '../errors.ts';
import { type Money, parseMoney, percentHundredths, scaled, size, sum } from '../money.ts';
import { addMonths, daysIn, firstDay, type Month, monthOf } from '../month.ts';

/** The change of a line since the month before. */
export type LineStatus = 'new' | 'vanished' | 'changed' | 'unchanged';

/** One line of a comparison, in one currency. */
export interface Line {
  /** The group's key, such as a service's name; empty for the total. */
  readonly key: string;
  /** The name that people read, such as an account's name beside its id. */
  readonly label: string;
  readonly current: Money;
  /** Undefined in an account's first month. */
  readonly previous: Money | undefined;
  readonly delta: Money | undefined;
  /** Hundredths of a percent of the size of `previous`; undefined from nothing. */
  readonly percent: bigint | undefined;
  /** Mean of the months before; undefined where fewer than three have data. */
  readonly mean: Money | undefined;
  readonly meanDelta: Money | undefined;
  readonly meanPercent: bigint | undefined;
  readonly status: LineStatus;
}

/** One currency's costs of a month against the months before. */
export interface Comparison {
  readonly currency: string;
  readonly total: Line;
  /** Every group, the dearest first. */
  readonly lines: readonly Line[];
}

/** The two periods of the comparison. */
export interface ComparisonOptions {
  readonly month: Month;
  /** Months before this one whose mean is taken, at most. */
  readonly meanOf: number;
  /** Counts the other months as if they had as many days as this one. */
  readonly normaliseDays: boolean;
}

const MIN_MEAN_MONTHS = 3;

/**
 * Compares a month with the one before and with the mean of those before, by group. Currencies are
 * never added up: each has its comparison, the dearest first.
 * @throws {IncompleteMonthError} When a period is not a whole month.
 * @throws {CostsNotFetchedError} When the month itself is not among the costs.
 */
export function compareMonths(
  { periods, labels }: Extract<CostAnswer, { kind: 'costs' }>,
  setting: ComparisonOptions,
): readonly Comparison[] {
  for (const period of periods) checkWhole(period);
  const byMonth = new Map(periods.map((period) => [monthOf(period.start), period]));
  if (!byMonth.has(setting.month)) {
    throw new CostsNotFetchedError(`The costs of ${setting.month} are missing`);
  }
  const months = historyOf(byMonth, setting);
  const currencies = new Set(
    periods.flatMap(({ groups }) => groups.map(({ currency }) => currency)),
  );
  return [...currencies]
    .map((currency) => compareCurrency(currency, byMonth, months, setting, labels))
    .sort((a, b) => (size(a.total.current) < size(b.total.current) ? 1 : -1));
}

/** The months before, the nearest first, as far back as there are costs without a gap. */
function historyOf(
  byMonth: ReadonlyMap<Month, PeriodCosts>,
  { month, meanOf }: ComparisonOptions,
): readonly Month[] {
  const before = Array.from({ length: meanOf }, (_, index) => addMonths(month, -1 - index));
  const gap = before.findIndex((one) => (byMonth.get(one)?.groups.length ?? 0) === 0);
  return gap === -1 ? before : before.slice(0, gap);
}

function compareCurrency(
  currency: string,
  byMonth: ReadonlyMap<Month, PeriodCosts>,
  history: readonly Month[],
  setting: ComparisonOptions,
  labels: Readonly<Record<string, string>>,
): Comparison {
  const table = [setting.month, ...history].map((month) =>
    amountsOf(byMonth.get(month), currency, daysTimes(month, setting)),
  );
  const keys = [...new Set(table.flatMap((amounts) => [...amounts.keys()]))].sort();
  const lines = keys.map((key) =>
    lineOf(
      key,
      labelOf(key, labels),
      table.map((amounts) => amounts.get(key)),
    ),
  );
  const totals = table.map((amounts) => sum([...amounts.values()]));
  return {
    currency,
    total: lineOf('', 'Total', totals),
    lines: lines.filter(isInSight).sort(byCost),
  };
}

/** A group that neither month has is only in the mean of the months before. */
function isInSight({ current, previous }: Line): boolean {
  return current !== 0n || (previous ?? 0n) !== 0n;
}

function byCost(a: Line, b: Line): number {
  if (a.current !== b.current) return a.current < b.current ? 1 : -1;
  return a.key < b.key ? -1 : 1;
}

/** Makes a line of its amounts, this month's first; undefined where the month does not have it. */
function lineOf(key: string, label: string, amounts: readonly (Money | undefined)[]): Line {
  const [now, ...history] = amounts;
  const current = now ?? 0n;
  const isFirst = history.length === 0;
  const previous = isFirst ? undefined : (history[0] ?? 0n);
  const mean =
    history.length < MIN_MEAN_MONTHS
      ? undefined
      : scaled(sum(history.map((amount) => amount ?? 0n)), 1, history.length);
  const delta = previous === undefined ? undefined : current - previous;
  const meanDelta = mean === undefined ? undefined : current - mean;
  return {
    key,
    label,
    current,
    previous,
    delta,
    percent: percentOf(delta, previous),
    mean,
    meanDelta,
    meanPercent: percentOf(meanDelta, mean),
    status: statusOf(current, previous),
  };
}

function percentOf(delta: Money | undefined, baseline: Money | undefined): bigint | undefined {
  return delta === undefined || baseline === undefined
    ? undefined
    : percentHundredths(delta, baseline);
}

function statusOf(current: Money, previous: Money | undefined): LineStatus {
  if (previous === undefined || previous === current) return 'unchanged';
  if (previous === 0n) return 'new';
  return current === 0n ? 'vanished' : 'changed';
}

/** A month's amounts in a currency by key, times a fraction. */
function amountsOf(
  period: PeriodCosts | undefined,
  currency: string,
  [times, per]: readonly [number, number],
): ReadonlyMap<string, Money> {
  const amounts = new Map<string, Money>();
  for (const group of period?.groups ?? []) {
    if (group.currency !== currency) continue;
    const key = group.keys.join(' / ');
    amounts.set(key, (amounts.get(key) ?? 0n) + scaled(parseMoney(group.amount), times, per));
  }
  return amounts;
}

function daysTimes(
  month: Month,
  { month: current, normaliseDays }: ComparisonOptions,
): readonly [number, number] {
  return normaliseDays ? [daysIn(current), daysIn(month)] : [1, 1];
}

function labelOf(key: string, labels: Readonly<Record<string, string>>): string {
  const label = labels[key];
  return label === undefined || label === key ? key : `${label} (${key})`;
}

function checkWhole({ start, end }: PeriodCosts): void {
  const month = monthOf(start);
  if (start !== firstDay(month) || end !== firstDay(addMonths(month, 1))) {
    throw new IncompleteMonthError(
      `${start} to ${end} is no whole month: a part is never compared with a whole`,
    );
  }
}
