import { exactMoney, type Money, percentText } from '../money.ts';
import type { Comparison, Line } from './comparison.ts';
import type { CostReport } from './cost-report.ts';

/** Version of the report's JSON; grows when a field goes or changes its meaning. */
const REPORT_VERSION = 1;

/** Writes a report as a JSON value: amounts are decimal text with every decimal, null is unknown. */
export function reportJson(report: CostReport) {
  const { review, setting, outlook, capacity } = report;
  return {
    version: REPORT_VERSION,
    reviewId: review.reviewId,
    month: review.month,
    metric: review.metric,
    excludes: review.excludes,
    isEstimated: report.isEstimated,
    comparedWith: { monthBefore: true, meanOfMonths: review.meanOf },
    normalisedByDays: setting.normaliseDays,
    thresholds: {
      currency: setting.currency,
      amount: exactMoney(setting.thresholds.amount),
      percent: percentText(setting.thresholds.percent),
    },
    budget: amountText(setting.budget),
    groupings: report.groupings.map(({ name, comparisons }) => ({
      name,
      comparisons: comparisons.map(comparisonJson),
    })),
    recordTypes: report.recordTypes.map((type) => ({ ...type, amount: exactMoney(type.amount) })),
    outlook:
      outlook === undefined
        ? null
        : {
            currency: outlook.currency,
            spent: exactMoney(outlook.spent),
            expected: exactMoney(outlook.expected),
            total: exactMoney(outlook.total),
          },
    capacity: capacity.ratios.map(({ name, part, whole, percent }) => ({
      name,
      part: exactMoney(part),
      whole: exactMoney(whole),
      percent: percentText(percent),
    })),
    findings: report.findings,
    missing: report.missing,
    link: report.link,
  };
}

function comparisonJson({ currency, total, lines }: Comparison) {
  return { currency, total: lineJson(total), lines: lines.map(lineJson) };
}

/** Writes a line: amounts as text, null where there is none. */
function lineJson(line: Line) {
  return {
    key: line.key,
    label: line.label,
    status: line.status,
    current: exactMoney(line.current),
    previous: amountText(line.previous),
    delta: amountText(line.delta),
    percent: line.percent === undefined ? null : percentText(line.percent),
    mean: amountText(line.mean),
    meanDelta: amountText(line.meanDelta),
    meanPercent: line.meanPercent === undefined ? null : percentText(line.meanPercent),
  };
}

function amountText(amount: Money | undefined): string | null {
  return amount === undefined ? null : exactMoney(amount);
}
