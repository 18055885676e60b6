import { cut, tableOf } from 'signalbox';
import { type Money, percentText, roundedMoney } from '../../functions/costs/money.ts';
import type { Line } from '../../functions/costs/report/comparison.ts';
import type { CostReport } from '../../functions/costs/report/cost-report.ts';

const LABEL_WIDTH = 48;

/** Lays a report out for the terminal: a table for each grouping and currency, then what was found. */
export function costLines(report: CostReport): readonly string[] {
  const { month, metric, excludes } = report.review;
  const without = excludes.length === 0 ? '' : `, without ${excludes.join(', ')}`;
  const estimated = report.isEstimated ? ' (estimated)' : '';
  const tables = report.groupings.flatMap(({ name, comparisons }) =>
    comparisons.flatMap(({ currency, total, lines }) => [
      '',
      ...tableOf(
        [
          `${name.replace(/^by-/, '').toUpperCase()} (${currency})`,
          'COST',
          'BEFORE',
          'CHANGE',
          '%',
          'MEAN',
          'STATUS',
        ],
        [...lines, total].map(row),
      ),
    ]),
  );
  const findings = report.findings.map(({ severity, sentence }) => `${severity}: ${sentence}`);
  return [
    `${month}, ${metric}${without}${estimated}`,
    ...tables,
    '',
    ...(findings.length === 0 ? ['Nothing to report'] : findings),
    ...report.missing.map(({ name, reason }) => `not answered: ${name}: ${reason}`),
  ];
}

function row(line: Line): readonly string[] {
  return [
    cut(line.label === '' ? '(none)' : line.label, LABEL_WIDTH),
    roundedMoney(line.current),
    moneyText(line.previous),
    moneyText(line.delta),
    line.percent === undefined ? '' : percentText(line.percent),
    moneyText(line.mean),
    line.status === 'new' || line.status === 'vanished' ? line.status : '',
  ];
}

function moneyText(amount: Money | undefined): string {
  return amount === undefined ? '' : roundedMoney(amount);
}
