import type { Clock } from '../../core/clock.ts';
import type { JsonObject } from '../../core/json.ts';
import { dateOf, dayIndex, daysIn, firstDay, type MonthNumber, monthOf } from './calendar.ts';
import { type CostRow, type MetricName, seriesOf } from './cost-row.ts';
import { formatDecimal } from './decimal.ts';
import type { Period, PeriodLimits } from './time-period.ts';

/** The use of reserved capacity, month by month, in units of 10⁻¹⁰ hours. */
export interface ReservationMonths {
  readonly purchasedHours: readonly bigint[];
  readonly usedHours: readonly bigint[];
  readonly onDemandHours: readonly bigint[];
}

/** The use of Savings Plans, month by month, in units of 10⁻¹⁰ of the currency. */
export interface SavingsPlanMonths {
  readonly commitment: readonly bigint[];
  readonly usedCommitment: readonly bigint[];
  readonly coveredSpend: readonly bigint[];
  readonly onDemandCost: readonly bigint[];
}

/** An anomaly that AWS found. */
export interface CostAnomaly {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly service: string;
  readonly totalImpact: number;
}

/** The bills of an organisation. */
export interface Bills {
  readonly currency: string;
  /** Day of the next month from which a month's bill is final. */
  readonly settlesOnDay: number;
  /** Groups a page. */
  readonly pageSize: number;
  readonly hasMultiYearData: boolean;
  /** Names by account id. */
  readonly accounts: Readonly<Record<string, string>>;
  /** The month of every series' last amount; after it, amounts stay as they are. */
  readonly lastMonth: MonthNumber;
  readonly rows: readonly CostRow[];
  readonly reservations: ReservationMonths | undefined;
  readonly savingsPlans: SavingsPlanMonths | undefined;
  readonly anomalies: readonly CostAnomaly[];
}

/** Price of a request in hundredths of a dollar. AWS: each page of a response is one. */
const CENTS_PER_REQUEST = 1;

/** The bills, and what asking for them has cost. */
export class CostStore {
  bills: Bills | undefined;
  readonly #clock: Clock;
  readonly #billed = new Map<string, number>();
  #refused = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes other bills, and forgets what was asked. */
  replace(bills: Bills): void {
    this.bills = bills;
    this.#billed.clear();
    this.#refused = 0;
  }

  /** The moment of a question. */
  now(): Date {
    return this.#clock.now();
  }

  limits(): PeriodLimits {
    return { now: this.now(), hasMultiYearData: this.bills?.hasMultiYearData ?? false };
  }

  /** Counts a request that was served. AWS: what is refused is not charged. */
  countServed(action: string): void {
    this.#billed.set(action, (this.#billed.get(action) ?? 0) + 1);
  }

  countRefused(): void {
    this.#refused += 1;
  }

  /** Returns whether a month's bill may still change. */
  isEstimated(month: MonthNumber): boolean {
    const settled = firstDay(month + 1).slice(0, 8) + padded(this.bills?.settlesOnDay ?? 1);
    return dateOf(this.now()) < settled;
  }

  /**
   * Returns the amount of a row in a period of one month, in units of 10⁻¹⁰; undefined where it is not on
   * that bill. The days of a month share its amount without a remainder; today's are not known yet.
   */
  amount(row: CostRow, metric: MetricName, { start, end }: Period): bigint | undefined {
    const month = monthOf(start);
    const whole = this.#monthAmount(row, metric, month);
    if (whole === undefined || (row.whenSettled && this.isEstimated(month))) return undefined;
    const today = dateOf(this.now());
    const known = end < today ? end : today;
    if (known <= start) return undefined;
    return through(whole, month, known) - through(whole, month, start);
  }

  show(): JsonObject {
    const billed = [...this.#billed.values()].reduce((sum, count) => sum + count, 0);
    const { bills } = this;
    return {
      billedRequests: billed,
      billedDollars: formatDecimal(BigInt(billed * CENTS_PER_REQUEST) * 10n ** 8n),
      billedByAction: Object.fromEntries(this.#billed),
      refusedRequests: this.#refused,
      ...(bills === undefined
        ? {}
        : {
            rows: bills.rows.length,
            lastMonth: firstDay(bills.lastMonth).slice(0, 7),
            isLastMonthEstimated: this.isEstimated(bills.lastMonth),
          }),
    };
  }

  #monthAmount(row: CostRow, metric: MetricName, month: MonthNumber): bigint | undefined {
    const series = seriesOf(row, metric);
    return monthValue(series, month, this.bills?.lastMonth ?? month);
  }
}

/** The value of a month: before the series there is none, after it the last one goes on. */
export function monthValue<T>(
  series: readonly T[],
  month: MonthNumber,
  lastMonth: MonthNumber,
): T | undefined {
  return series[Math.min(series.length - 1, series.length - 1 + month - lastMonth)];
}

/** The part of a month's amount that falls before a date. */
function through(whole: bigint, month: MonthNumber, date: string): bigint {
  if (date >= firstDay(month + 1)) return whole;
  return (whole * BigInt(dayIndex(date))) / BigInt(daysIn(month));
}

function padded(day: number): string {
  return String(day).padStart(2, '0');
}
