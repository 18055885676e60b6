import type { DateInterval, Granularity } from '@aws-sdk/client-cost-explorer';
import { addDays, dateOf, dayIndex, firstDay, isDate, monthOf } from './calendar.ts';
import { billExpired, notRehearsed, validationError } from './cost-explorer-errors.ts';

/** Months of history, this month among them, that every account has. */
const HISTORY_MONTHS = 14;
/** Months of history of an account that has enabled multi-year data. */
const MULTI_YEAR_MONTHS = 38;

/** A period of days: `start` is in it, `end` is not. */
export interface Period {
  readonly start: string;
  readonly end: string;
}

/** The facts that limit a period. */
export interface PeriodLimits {
  readonly now: Date;
  readonly hasMultiYearData: boolean;
}

/**
 * Reads the period of a question about the past. AWS: `End` is exclusive, and at the latest the first
 * day of next month.
 * @throws {AwsError} `ValidationException`, `BillExpirationException`.
 */
export function readPast(given: DateInterval | undefined, limits: PeriodLimits): Period {
  const period = readInterval(given);
  const { start, end } = period;
  if (start >= end) {
    throw validationError('Start date (and hour) should be before end date (and hour)');
  }
  const thisMonth = monthOf(dateOf(limits.now));
  if (end > firstDay(thisMonth + 1)) {
    throw validationError('end date past the beginning of next month');
  }
  if (start < firstDay(thisMonth - HISTORY_MONTHS + 1)) checkHistory(start, thisMonth, limits);
  return period;
}

function checkHistory(start: string, thisMonth: number, { hasMultiYearData }: PeriodLimits): void {
  if (start < firstDay(thisMonth - MULTI_YEAR_MONTHS + 1)) throw billExpired();
  if (!hasMultiYearData) {
    throw validationError("You haven't enabled historical data beyond 14 months.");
  }
  if (dayIndex(start) !== 0) {
    throw validationError(
      'To retrieve data beyond the past 14 months, your start date needs to be the first day of the month.',
    );
  }
}

/**
 * Reads the period of a forecast.
 * @throws {AwsError} `ValidationException` when it begins in the past, or ends before it begins.
 */
export function readFuture(given: DateInterval | undefined, now: Date): Period {
  const period = readInterval(given);
  const { start, end } = period;
  if (start >= end) {
    throw validationError(`Requested Start: ${start} must be before requested End: ${end}`);
  }
  if (start < dateOf(now)) {
    throw validationError(`Start date ${start} is in the past: a forecast begins today or later`);
  }
  return period;
}

/**
 * Cuts a period into calendar months or days; the first and the last month may be parts of one.
 * @throws {AwsError} `ValidationException` for no granularity, and for hours.
 */
export function splitPeriod(
  { start, end }: Period,
  granularity: Granularity | undefined,
): readonly Period[] {
  const next = nextStart(granularity);
  const periods: Period[] = [];
  for (let from = start; from < end; from = next(from)) {
    const to = next(from);
    periods.push({ start: from, end: to < end ? to : end });
  }
  return periods;
}

function nextStart(granularity: Granularity | undefined): (start: string) => string {
  switch (granularity) {
    case 'MONTHLY':
      return (start) => firstDay(monthOf(start) + 1);
    case 'DAILY':
      return (start) => addDays(start, 1);
    case 'HOURLY':
      throw notRehearsed('The granularity HOURLY');
    default:
      throw validationError('Granularity is required: MONTHLY, DAILY or HOURLY');
  }
}

function readInterval(given: DateInterval | undefined): Period {
  if (given === undefined) throw validationError('TimePeriod is required');
  const { Start: start = '', End: end = '' } = given;
  if (!isDate(start)) {
    throw validationError(`Start time ${start} is invalid. Valid format is: yyyy-MM-dd.`);
  }
  if (!isDate(end)) {
    throw validationError(`End time ${end} is invalid. Valid format is: yyyy-MM-dd.`);
  }
  return { start, end };
}
