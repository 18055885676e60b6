import {
  array,
  boolean,
  type InferOutput,
  integer,
  maxValue,
  minValue,
  number,
  object,
  optional,
  picklist,
  pipe,
  string,
} from 'valibot';
import { ADJUSTMENTS, COST_METRICS, type CostQuery } from './cost-query.ts';
import { IncompleteMonthError, MonthTooOldError } from './errors.ts';
import {
  addMonths,
  dateOf,
  firstDay,
  lastCompleteMonth,
  type Month,
  monthOf,
  settledOn,
} from './month.ts';
import type { CostReviewRequested } from './review-request.ts';

/** The months before this one that every account has in Cost Explorer. */
const HISTORY_MONTHS = 13;
/** The service of which the shares of on-demand, Spot and reserved capacity are looked at. */
const COMPUTE = 'Amazon Elastic Compute Cloud - Compute';

/** The subject of one review. */
export const CostReviewSchema = object({
  /** One for each month and way of looking at it, such as `2026-10/unblended-cost`. */
  reviewId: string(),
  month: string(),
  metric: picklist(COST_METRICS),
  /** Record types left out. */
  excludes: array(string()),
  groupBy: array(string()),
  refresh: boolean(),
  /** Months before this one whose mean it is compared with. */
  meanOf: pipe(number(), integer(), minValue(3), maxValue(6)),
  /** The day on which the review was begun, and on which the month's bill is final. */
  today: string(),
  settledOn: string(),
});

/** The subject of one review. */
export type CostReview = InferOutput<typeof CostReviewSchema>;

/** A review whose days may be left out: an input that is written once is right on any day. */
export const UndatedCostReviewSchema = object({
  ...CostReviewSchema.entries,
  month: optional(string()),
  today: optional(string()),
  settledOn: optional(string()),
});

/** Makes a review without days that of the last month that is over at `now` (ISO 8601). */
export function withMonth(
  review: InferOutput<typeof UndatedCostReviewSchema>,
  now: string,
): CostReview {
  const { month = lastCompleteMonth(now), today = dateOf(now), settledOn = dateOf(now) } = review;
  return { ...review, month, today, settledOn };
}

/** The part of a review that the template sets. */
export interface ReviewDefaults {
  /** Months before this one whose mean it is compared with, 3 to 6. */
  readonly meanOf: number;
  /** Day of the next month on which bills are final. */
  readonly settledOnDay: number;
}

/**
 * Makes the review of a request that came at `now` (ISO 8601).
 * @throws {IncompleteMonthError} For a month that is not over.
 * @throws {MonthTooOldError} For one that Cost Explorer keeps no more, with the month before it.
 */
export function planReview(
  request: CostReviewRequested,
  now: string,
  { meanOf, settledOnDay }: ReviewDefaults,
): CostReview {
  const { month = lastCompleteMonth(now), costMetric: metric = 'UnblendedCost' } = request;
  checkMonth(month, now);
  const groupBy = [...new Set(request.groupBy ?? [])].sort();
  const includesAll = request.includeCredits === true;
  return {
    reviewId: reviewIdOf(month, metric, includesAll, groupBy),
    month,
    metric,
    excludes: includesAll ? [] : [...ADJUSTMENTS],
    groupBy,
    refresh: request.refresh === true,
    meanOf,
    today: dateOf(now),
    settledOn: settledOn(month, settledOnDay),
  };
}

function checkMonth(month: Month, now: string): void {
  if (month >= monthOf(now)) {
    throw new IncompleteMonthError(
      `${month} is not over: a part of a month is never compared with a whole one`,
    );
  }
  const oldest = addMonths(monthOf(now), 1 - HISTORY_MONTHS);
  if (month < oldest) {
    throw new MonthTooOldError(`Cost Explorer keeps months from ${oldest} on, and the one before`);
  }
}

/** Names a review so that it fits a key in S3: letters, digits, hyphens and its month's slash. */
function reviewIdOf(
  month: Month,
  metric: string,
  includesAll: boolean,
  groupBy: readonly string[],
): string {
  const parts = [
    metric.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase(),
    ...(includesAll ? ['with-credits'] : []),
    ...groupBy.map((name) => `by-${slug(name)}`),
  ];
  return `${month}/${parts.join('-')}`;
}

/** Spells a name so that no two become one: what is neither letter nor digit by its code. */
function slug(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, (sign) => (sign === ':' ? '-' : `_${sign.charCodeAt(0)}`));
}

/** The questions that a review asks, each of them at least one request of $0.01. */
export function queriesOf(review: CostReview): readonly CostQuery[] {
  const { month, meanOf, metric, excludes, groupBy, today } = review;
  const oldest = addMonths(monthOf(today), -HISTORY_MONTHS);
  const wanted = addMonths(month, -meanOf);
  const start = firstDay([wanted, oldest].sort()[1] ?? wanted);
  const end = firstDay(addMonths(month, 1));
  const base: CostQuery = {
    name: 'by-service',
    kind: 'costs',
    start,
    end,
    metric,
    groupBy: ['SERVICE'],
    excludes,
    services: [],
    isRequired: true,
  };
  const optional = { ...base, isRequired: false };
  const none = { ...optional, groupBy: [], excludes: [] };
  return [
    base,
    ...groupBy.map((name) => ({ ...base, name: `by-${name}`, groupBy: [dimensionOf(name)] })),
    { ...optional, name: 'by-record-type', groupBy: ['RECORD_TYPE'], excludes: [] },
    { ...optional, name: 'by-purchase-type', groupBy: ['PURCHASE_TYPE'], services: [COMPUTE] },
    { ...none, name: 'reservation-coverage', kind: 'reservation-coverage' },
    { ...none, name: 'reservation-utilization', kind: 'reservation-utilization' },
    { ...none, name: 'savings-plans-coverage', kind: 'savings-plans-coverage' },
    { ...none, name: 'savings-plans-utilization', kind: 'savings-plans-utilization' },
    ...outlookQueries(optional, today),
  ];
}

/** The spent part of this month, and the part to come; on its first day nothing is spent yet. */
function outlookQueries(query: CostQuery, today: string): readonly CostQuery[] {
  const first = firstDay(monthOf(today));
  const next = firstDay(addMonths(monthOf(today), 1));
  const toDate: CostQuery = {
    ...query,
    name: 'month-to-date',
    groupBy: [],
    start: first,
    end: today,
  };
  const forecast: CostQuery = {
    ...query,
    name: 'forecast',
    kind: 'forecast',
    groupBy: [],
    start: today,
    end: next,
  };
  return today === first ? [forecast] : [toDate, forecast];
}

const DIMENSIONS: Readonly<Record<string, string>> = {
  account: 'LINKED_ACCOUNT',
  region: 'REGION',
};

function dimensionOf(name: string): string {
  return DIMENSIONS[name] ?? name;
}
