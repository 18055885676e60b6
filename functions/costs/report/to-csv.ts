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

/** Writes every line of a report as CSV (RFC 4180): the totals have an empty key. */
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
  return [HEADER, ...rows].map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('');
}

/** Quotes a cell, and keeps a spreadsheet from taking a name for a formula. */
function cellText(cell: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) && !isNumber ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function amountText(amount: Money | undefined): string {
  return amount === undefined ? '' : exactMoney(amount);
}

function percentOf(percent: bigint | undefined): string {
  return percent === undefined ? '' : percentText(percent);
}
