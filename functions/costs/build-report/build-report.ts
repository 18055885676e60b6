import { array, type InferOutput, object, string } from 'valibot';
import { type CostQuery, UndatedCostQuerySchema, withPeriod } from '../cost-query.ts';
import { exactMoney, type Money, parseMoney, percentText, roundedMoney } from '../money.ts';
import type { Line } from '../report/comparison.ts';
import type { CostReport } from '../report/cost-report.ts';
import { isAtLeast } from '../report/finding.ts';
import { mainOf } from '../report/judge-costs.ts';
import type { ReportOptions } from '../report/report-options.ts';
import { type CostReview, UndatedCostReviewSchema, withMonth } from '../review-plan.ts';

/** Findings that the event and the notice repeat; the report has all. */
const ANNOUNCED_FINDINGS = 20;

/** The input. The workflow always names its days. */
export const BuildReportSchema = object({
  review: UndatedCostReviewSchema,
  queries: array(UndatedCostQuerySchema),
  /** Questions that could not be asked, with the error's name. */
  failed: array(object({ name: string(), error: string() })),
  executionArn: string(),
});

/** The input with its days. */
export interface BuildReport
  extends Omit<InferOutput<typeof BuildReportSchema>, 'review' | 'queries'> {
  readonly review: CostReview;
  readonly queries: readonly CostQuery[];
}

/** Gives an input without days those of the last month that is over at `now` (ISO 8601). */
export function withDays(
  { review, queries, ...rest }: InferOutput<typeof BuildReportSchema>,
  now: string,
): BuildReport {
  return {
    ...rest,
    review: withMonth(review, now),
    queries: queries.map((query) => withPeriod(query, now)),
  };
}

/** The template's settings as the environment has them. */
export interface ReportVariables {
  readonly currency: string;
  readonly thresholdAmount: string;
  readonly thresholdPercent: string;
  /** `0` for no budget. */
  readonly budget: string;
  readonly normaliseDays: string;
}

/**
 * Reads what reports are judged by.
 * @throws {RangeError} When one is no amount.
 */
export function readReportOptions(variables: ReportVariables): ReportOptions {
  const budget = parseMoney(variables.budget);
  return {
    currency: variables.currency,
    thresholds: {
      amount: parseMoney(variables.thresholdAmount),
      // Hundredths of a percent, as the comparison counts.
      percent: (parseMoney(variables.thresholdPercent) * 100n) / parseMoney('1'),
    },
    budget: budget === 0n ? undefined : budget,
    normaliseDays: variables.normaliseDays === 'true',
  };
}

/** The key of a review's report, without its ending. */
export function reportKeyOf(reviewId: string): string {
  return `costs/${reviewId}`;
}

/** The part of a report that the workflow goes on with: small, whatever the report's size. */
export function summaryOf(report: CostReport, reportKey: string) {
  const { review, setting, outlook, findings } = report;
  const total = mainOf(report.groupings[0], setting)?.total;
  const breaches = findings.filter((finding) => isAtLeast(finding, 'breach'));
  return {
    headline: headlineOf(report, total),
    month: review.month,
    metric: review.metric,
    isEstimated: report.isEstimated,
    currency: setting.currency,
    total: exactMoney(total?.current ?? 0n),
    previous: textOf(total?.previous),
    delta: textOf(total?.delta),
    percent: total?.percent === undefined ? null : percentText(total.percent),
    forecast: outlook?.currency === setting.currency ? exactMoney(outlook.total) : null,
    budget: textOf(setting.budget),
    breaches: breaches.length,
    findings: findings.slice(0, ANNOUNCED_FINDINGS),
    missing: report.missing.map(({ name }) => name),
    reportKey,
  };
}

/** The report in one sentence. */
function headlineOf({ review, setting, isEstimated }: CostReport, total: Line | undefined): string {
  if (total === undefined) return `Nothing was paid in ${setting.currency} in ${review.month}`;
  const cost = `${review.month} cost ${roundedMoney(total.current)} ${setting.currency}`;
  const change =
    total.percent === undefined ? '' : `, ${percentText(total.percent)} % on the month before`;
  return `${cost}${change}${isEstimated ? ' (estimated)' : ''}`;
}

function textOf(amount: Money | undefined): string | null {
  return amount === undefined ? null : exactMoney(amount);
}
