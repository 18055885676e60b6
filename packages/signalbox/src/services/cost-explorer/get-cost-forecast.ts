import type {
  ForecastResult,
  GetCostForecastRequest,
  GetCostForecastResponse,
} from '@aws-sdk/client-cost-explorer';
import { ownMember } from '../../core/names/own-member.ts';
import { addDays, dateOf, daysIn, firstDay, monthOf } from './calendar.ts';
import { insufficientHistory, notRehearsed, validationError } from './cost-explorer-errors.ts';
import type { CostRow, MetricName } from './cost-row.ts';
import type { CostStore } from './cost-store.ts';
import { formatDecimal } from './decimal.ts';
import { billsOf } from './get-cost-and-usage.ts';
import { readFilter } from './matches-filter.ts';
import { type Period, readFuture, splitPeriod } from './time-period.ts';

/** Metrics by the names that forecasts have for them. */
const METRICS: Readonly<Record<string, MetricName>> = {
  AMORTIZED_COST: 'AmortizedCost',
  BLENDED_COST: 'BlendedCost',
  NET_AMORTIZED_COST: 'NetAmortizedCost',
  NET_UNBLENDED_COST: 'NetUnblendedCost',
  UNBLENDED_COST: 'UnblendedCost',
};

/** Complete months whose days say what a day will cost. */
const LEARNT_MONTHS = 3;
/** AWS: the most that can be asked for. */
const MAX_PERIODS: Readonly<Record<string, number>> = { MONTHLY: 18, DAILY: 92 };

/**
 * Forecasts costs: each day to come costs the mean of the last three complete months' days. The
 * prediction interval is a tenth to either side at 80 %.
 * @throws {AwsError} `ValidationException`, `DataUnavailableException` without three months of history.
 */
export function getCostForecast(
  store: CostStore,
  input: GetCostForecastRequest,
): GetCostForecastResponse {
  const { Metric = '', Granularity, TimePeriod, Filter, PredictionIntervalLevel } = input;
  if (input.BillingViewArn !== undefined) throw notRehearsed('BillingViewArn');
  const metric = METRICS[Metric];
  if (metric === undefined) {
    throw validationError(
      `Metric ${Metric} is not valid. Valid values are ${Object.keys(METRICS).join(', ')}`,
    );
  }
  const periods = splitPeriod(readFuture(TimePeriod, store.now()), Granularity);
  checkLength(periods, Granularity ?? '');
  const spread = spreadOf(PredictionIntervalLevel);
  const rows = billsOf(store).rows.filter(readFilter(Filter));
  const learnt = learn(store, rows, metric);
  const results = periods.map((period) => forecast(period, learnt, spread));
  const total = periods.reduce((sum, period) => sum + expected(period, learnt), 0n);
  return {
    Total: { Amount: formatDecimal(total), Unit: store.bills?.currency ?? 'USD' },
    ForecastResultsByTime: results,
  };
}

interface Learnt {
  readonly amount: bigint;
  readonly days: bigint;
}

function checkLength(periods: readonly Period[], granularity: string): void {
  const most = ownMember(MAX_PERIODS, granularity) ?? 0;
  if (periods.length > most) {
    throw validationError(`A ${granularity} forecast covers at most ${most} periods`);
  }
}

/** The interval's half width in thousandths of the mean; AWS: levels from 51 to 99. */
function spreadOf(level: number | undefined): bigint | undefined {
  if (level === undefined) return undefined;
  if (!Number.isInteger(level) || level < 51 || level > 99) {
    throw validationError('PredictionIntervalLevel must be between 51 and 99');
  }
  return BigInt(Math.round((level * 100) / 80));
}

function learn(store: CostStore, rows: readonly CostRow[], metric: MetricName): Learnt {
  const thisMonth = monthOf(dateOf(store.now()));
  const months = Array.from({ length: LEARNT_MONTHS }, (_, index) => thisMonth - 1 - index);
  const amounts = months.map((month) => {
    const period = { start: firstDay(month), end: firstDay(month + 1) };
    const there = rows.flatMap((row) => store.amount(row, metric, period) ?? []);
    if (there.length === 0) throw insufficientHistory();
    return there.reduce((sum, amount) => sum + amount, 0n);
  });
  return {
    amount: amounts.reduce((sum, amount) => sum + amount, 0n),
    days: BigInt(months.reduce((sum, month) => sum + daysIn(month), 0)),
  };
}

function expected({ start, end }: Period, { amount, days }: Learnt): bigint {
  let count = 0n;
  for (let day = start; day < end; day = addDays(day, 1)) count += 1n;
  return (amount * count) / days;
}

function forecast(period: Period, learnt: Learnt, spread: bigint | undefined): ForecastResult {
  const mean = expected(period, learnt);
  return {
    TimePeriod: { Start: period.start, End: period.end },
    MeanValue: formatDecimal(mean),
    ...(spread !== undefined && {
      PredictionIntervalLowerBound: formatDecimal((mean * (1000n - spread)) / 1000n),
      PredictionIntervalUpperBound: formatDecimal((mean * (1000n + spread)) / 1000n),
    }),
  };
}
