import type {
  Coverage,
  GetReservationCoverageRequest,
  GetReservationCoverageResponse,
  GetReservationUtilizationRequest,
  GetReservationUtilizationResponse,
  GetSavingsPlansCoverageRequest,
  GetSavingsPlansCoverageResponse,
  GetSavingsPlansUtilizationRequest,
  GetSavingsPlansUtilizationResponse,
  ReservationAggregates,
  SavingsPlansUtilizationAggregates,
} from '@aws-sdk/client-cost-explorer';
import { firstDay, monthOf } from './calendar.ts';
import { dataUnavailable, notRehearsed, validationError } from './cost-explorer-errors.ts';
import { type CostStore, monthValue } from './cost-store.ts';
import { formatDecimal, formatPercent } from './decimal.ts';
import { billsOf } from './get-cost-and-usage.ts';
import { type Period, readPast, splitPeriod } from './time-period.ts';

/** @throws {AwsError} `DataUnavailableException` for an account without reservations. */
export function getReservationCoverage(
  store: CostStore,
  input: GetReservationCoverageRequest,
): GetReservationCoverageResponse {
  const periods = readMonths(store, input);
  const { reservations } = billsOf(store);
  if (reservations === undefined) throw dataUnavailable();
  const sums = (of: readonly Period[]) => ({
    usedHours: sumOf(store, reservations.usedHours, of),
    onDemandHours: sumOf(store, reservations.onDemandHours, of),
  });
  return {
    CoveragesByTime: periods.map((period) => ({
      ...timeOf(period),
      Groups: [],
      Total: coverage(sums([period])),
    })),
    Total: coverage(sums(periods)),
  };
}

/** @throws {AwsError} `DataUnavailableException` for an account without reservations. */
export function getReservationUtilization(
  store: CostStore,
  input: GetReservationUtilizationRequest,
): GetReservationUtilizationResponse {
  const periods = readMonths(store, input);
  const { reservations } = billsOf(store);
  if (reservations === undefined) throw dataUnavailable();
  const sums = (of: readonly Period[]) => ({
    usedHours: sumOf(store, reservations.usedHours, of),
    purchasedHours: sumOf(store, reservations.purchasedHours, of),
  });
  return {
    UtilizationsByTime: periods.map((period) => ({
      ...timeOf(period),
      Groups: [],
      Total: utilization(sums([period])),
    })),
    Total: utilization(sums(periods)),
  };
}

/** @throws {AwsError} `DataUnavailableException` for an account without Savings Plans. */
export function getSavingsPlansCoverage(
  store: CostStore,
  input: GetSavingsPlansCoverageRequest,
): GetSavingsPlansCoverageResponse {
  if (input.NextToken !== undefined) throw notRehearsed('NextToken');
  const periods = readMonths(store, input);
  const { savingsPlans } = billsOf(store);
  if (savingsPlans === undefined) throw dataUnavailable();
  return {
    SavingsPlansCoverages: periods.map((period) => {
      const covered = sumOf(store, savingsPlans.coveredSpend, [period]);
      const onDemand = sumOf(store, savingsPlans.onDemandCost, [period]);
      return {
        Attributes: {},
        Coverage: {
          SpendCoveredBySavingsPlans: formatDecimal(covered),
          OnDemandCost: formatDecimal(onDemand),
          TotalCost: formatDecimal(covered + onDemand),
          CoveragePercentage: formatPercent(covered, covered + onDemand),
        },
        ...timeOf(period),
      };
    }),
  };
}

/** @throws {AwsError} `DataUnavailableException` for an account without Savings Plans. */
export function getSavingsPlansUtilization(
  store: CostStore,
  input: GetSavingsPlansUtilizationRequest,
): GetSavingsPlansUtilizationResponse {
  const periods = readMonths(store, input);
  const { savingsPlans } = billsOf(store);
  if (savingsPlans === undefined) throw dataUnavailable();
  const sums = (of: readonly Period[]) => ({
    commitment: sumOf(store, savingsPlans.commitment, of),
    usedCommitment: sumOf(store, savingsPlans.usedCommitment, of),
  });
  return {
    SavingsPlansUtilizationsByTime: periods.map((period) => ({
      ...timeOf(period),
      ...planUse(sums([period])),
    })),
    Total: planUse(sums(periods)),
  };
}

interface Question {
  readonly TimePeriod: GetReservationCoverageRequest['TimePeriod'];
  readonly Granularity?: GetReservationCoverageRequest['Granularity'];
  readonly GroupBy?: readonly object[] | undefined;
  readonly Filter?: object | undefined;
  readonly SortBy?: object | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextPageToken?: string | undefined;
}

/** Reads the months of a question: what is kept of commitments is kept by the month. */
function readMonths(store: CostStore, input: Question): readonly Period[] {
  const { TimePeriod, Granularity = 'MONTHLY', GroupBy = [] } = input;
  if (GroupBy.length > 0) throw notRehearsed('GroupBy of commitments');
  for (const member of ['Filter', 'SortBy', 'NextPageToken', 'MaxResults'] as const) {
    if (input[member] !== undefined) throw notRehearsed(`${member} of commitments`);
  }
  if (Granularity !== 'MONTHLY')
    throw notRehearsed(`The granularity ${Granularity} of commitments`);
  const periods = splitPeriod(readPast(TimePeriod, store.limits()), Granularity);
  for (const { start, end } of periods) {
    if (start !== firstDay(monthOf(start)) || end !== firstDay(monthOf(end))) {
      throw validationError('With MONTHLY granularity, commitments are returned for whole months');
    }
  }
  return periods;
}

/** Adds up a series over periods. */
function sumOf(store: CostStore, series: readonly bigint[], periods: readonly Period[]): bigint {
  const { lastMonth } = billsOf(store);
  return periods.reduce(
    (total, { start }) => total + (monthValue(series, monthOf(start), lastMonth) ?? 0n),
    0n,
  );
}

function coverage(sums: { readonly usedHours: bigint; readonly onDemandHours: bigint }): Coverage {
  const running = sums.usedHours + sums.onDemandHours;
  return {
    CoverageHours: {
      OnDemandHours: formatDecimal(sums.onDemandHours),
      ReservedHours: formatDecimal(sums.usedHours),
      TotalRunningHours: formatDecimal(running),
      CoverageHoursPercentage: formatPercent(sums.usedHours, running),
    },
  };
}

function utilization(sums: {
  readonly usedHours: bigint;
  readonly purchasedHours: bigint;
}): ReservationAggregates {
  return {
    UtilizationPercentage: formatPercent(sums.usedHours, sums.purchasedHours),
    PurchasedHours: formatDecimal(sums.purchasedHours),
    TotalActualHours: formatDecimal(sums.usedHours),
    UnusedHours: formatDecimal(sums.purchasedHours - sums.usedHours),
  };
}

function planUse(sums: {
  readonly commitment: bigint;
  readonly usedCommitment: bigint;
}): SavingsPlansUtilizationAggregates {
  return {
    Utilization: {
      TotalCommitment: formatDecimal(sums.commitment),
      UsedCommitment: formatDecimal(sums.usedCommitment),
      UnusedCommitment: formatDecimal(sums.commitment - sums.usedCommitment),
      UtilizationPercentage: formatPercent(sums.usedCommitment, sums.commitment),
    },
  };
}

function timeOf({ start, end }: Period) {
  return { TimePeriod: { Start: start, End: end } };
}
