import type { CostAnswer } from '../cost-answer.ts';
import { CostsNotFetchedError } from '../errors.ts';
import { type Money, parseMoney } from '../money.ts';
import { addMonths, firstDay } from '../month.ts';
import type { CostReview } from '../review-plan.ts';
import { type Capacity, judgeCapacity } from './capacity.ts';
import { compareMonths } from './comparison.ts';
import { consoleLink } from './console-link.ts';
import type { Finding } from './finding.ts';
import { judgeCosts } from './judge-costs.ts';
import { type Outlook, outlookOf } from './outlook.ts';
import type { Grouping, ReportOptions } from './report-options.ts';

/** The sum of a record type in the month, whether or not the comparison has it. */
export interface RecordType {
  readonly name: string;
  readonly currency: string;
  readonly amount: Money;
}

/** A month's costs, compared and judged. */
export interface CostReport {
  readonly review: CostReview;
  readonly setting: ReportOptions;
  /** The month's bill may still change. */
  readonly isEstimated: boolean;
  /** By service first, then as the request asks. */
  readonly groupings: readonly Grouping[];
  readonly recordTypes: readonly RecordType[];
  readonly outlook: Outlook | undefined;
  readonly capacity: Capacity;
  readonly findings: readonly Finding[];
  /** Questions that have no answer, and why. */
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
  readonly link: string;
}

/**
 * Makes the report of a review's answers.
 * @throws {CostsNotFetchedError} When the costs themselves are missing.
 * @throws {IncompleteMonthError} When one of the months is not whole.
 */
export function createReport(
  review: CostReview,
  answers: ReadonlyMap<string, CostAnswer>,
  setting: ReportOptions,
): CostReport {
  const groupings = ['by-service', ...review.groupBy.map((name) => `by-${name}`)].map((name) =>
    groupingOf(name, answers.get(name), review, setting),
  );
  const costs = answers.get('by-service');
  const isEstimated = costs?.kind === 'costs' && isMonthEstimated(costs, review.month);
  const outlook = outlookOf(answers.get('month-to-date'), answers.get('forecast'));
  const capacity = judgeCapacity(review.month, {
    reservationCoverage: answers.get('reservation-coverage'),
    reservationUtilization: answers.get('reservation-utilization'),
    savingsPlansCoverage: answers.get('savings-plans-coverage'),
    savingsPlansUtilization: answers.get('savings-plans-utilization'),
    purchaseTypes: answers.get('by-purchase-type'),
  });
  const missing = missingOf(answers);
  return {
    review,
    setting,
    isEstimated,
    groupings,
    recordTypes: recordTypesOf(answers.get('by-record-type'), review.month),
    outlook,
    capacity,
    findings: [
      ...judgeCosts({ groupings, setting, isEstimated, outlook, month: review.month }),
      ...capacity.findings,
    ],
    missing,
    link: consoleLink(review),
  };
}

function groupingOf(
  name: string,
  answer: CostAnswer | undefined,
  { month, meanOf }: CostReview,
  { normaliseDays }: ReportOptions,
): Grouping {
  if (answer?.kind !== 'costs') {
    const reason = answer?.kind === 'unavailable' ? answer.reason : 'nothing was fetched';
    throw new CostsNotFetchedError(`The costs ${name} are missing: ${reason}`);
  }
  return { name, comparisons: compareMonths(answer, { month, meanOf, normaliseDays }) };
}

function isMonthEstimated(
  { periods }: Extract<CostAnswer, { kind: 'costs' }>,
  month: string,
): boolean {
  const wanted = [month, addMonths(month, -1)].map(firstDay);
  return periods.some(({ start, isEstimated }) => isEstimated && wanted.includes(start));
}

function recordTypesOf(answer: CostAnswer | undefined, month: string): readonly RecordType[] {
  if (answer?.kind !== 'costs') return [];
  const period = answer.periods.find(({ start }) => start === firstDay(month));
  return (period?.groups ?? []).map(({ keys, currency, amount }) => ({
    name: keys[0] ?? '',
    currency,
    amount: parseMoney(amount),
  }));
}

function missingOf(answers: ReadonlyMap<string, CostAnswer>): CostReport['missing'] {
  return [...answers].flatMap(([name, answer]) =>
    answer.kind === 'unavailable' ? [{ name, reason: answer.reason }] : [],
  );
}
