import { csvLines } from '../../shared/csv-lines.ts';
import { exactMoney, type Money, percentText } from '../money.ts';
import type { CostReport } from './cost-report.ts';

const HEADER = [
  'month',
  'metric',
  'grouping',
  'currency',
  'key',
  'label',
  'status',
  'current',
  'previous',
  'delta',
  'percent',
  'mean',
  'meanDelta',
  'meanPercent',
  'estimated',
];

/** Writes every line of a report as CSV: the totals have an empty key. */
export function reportCsv(report: CostReport): string {
  const { month, metric } = report.review;
  const rows = report.groupings.flatMap(({ name, comparisons }) =>
    comparisons.flatMap(({ currency, total, lines }) =>
      [total, ...lines].map((line) => [
        month,
        metric,
        name,
        currency,
        line.key,
        line.label,
        line.status,
        exactMoney(line.current),
        amountText(line.previous),
        amountText(line.delta),
        percentOf(line.percent),
        amountText(line.mean),
        amountText(line.meanDelta),
        percentOf(line.meanPercent),
        String(report.isEstimated),
      ]),
    ),
  );
  return csvLines([HEADER, ...rows]);
}

function amountText(amount: Money | undefined): string {
  return amount === undefined ? '' : exactMoney(amount);
}

function percentOf(percent: bigint | undefined): string {
  return percent === undefined ? '' : percentText(percent);
}
