import { type Money, ONE, percentText, roundedMoney, sum } from '../money.ts';
import type { Comparison, Line } from './comparison.ts';
import type { CostReport } from './cost-report.ts';
import type { Grouping } from './report-options.ts';
import { moversByAmount, moversByPercent } from './thresholds.ts';

/** Lines that a table shows; the rest is its long tail, in one line. */
const SHOWN_LINES = 15;
const MOVERS = 5;

/** Writes a report for people. */
export function reportMarkdown(report: CostReport): string {
  return [
    ...headLines(report),
    ...findingLines(report),
    ...report.groupings.flatMap((grouping) => groupingLines(grouping)),
    ...recordTypeLines(report),
    ...outlookLines(report),
    ...capacityLines(report),
    ...missingLines(report),
    `[Open in Cost Explorer](${report.link})`,
    '',
  ].join('\n');
}

function headLines({ review, setting, isEstimated }: CostReport): readonly string[] {
  const { month, metric, excludes } = review;
  const without =
    excludes.length === 0 ? 'with credits, refunds and tax' : `without ${excludes.join(', ')}`;
  const days = setting.normaliseDays ? ', other months counted with as many days' : '';
  return [
    `# Costs of ${month}`,
    '',
    `${metric}, ${without}, compared with the month before and the mean of at most ${review.meanOf} months before${days}.`,
    ...(isEstimated ? ['', '**Estimated**: a bill is not final yet.'] : []),
    '',
  ];
}

function findingLines({ findings }: CostReport): readonly string[] {
  if (findings.length === 0) return ['Nothing to report.', ''];
  const lines = findings.map(({ severity, sentence }) => `- **${severity}**: ${escaped(sentence)}`);
  return ['## Findings', '', ...lines, ''];
}

function groupingLines({ name, comparisons }: Grouping): readonly string[] {
  return comparisons.flatMap((comparison) => [
    `## ${escaped(`${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`)}, ${comparison.currency}`,
    '',
    ...tableLines(comparison),
    '',
    ...moverLines(comparison),
  ]);
}

function tableLines({ total, lines }: Comparison): readonly string[] {
  const tail = lines.slice(SHOWN_LINES);
  return [
    '| | Cost | Month before | Change | % | Mean | |',
    '|---|---:|---:|---:|---:|---:|---|',
    ...lines.slice(0, SHOWN_LINES).map(rowText),
    ...(tail.length === 0 ? [] : [tailText(tail)]),
    rowText({ ...total, label: '**Total**' }),
  ];
}

function rowText(line: Line): string {
  const cells = [
    escaped(line.label === '' ? '(none)' : line.label),
    roundedMoney(line.current),
    moneyText(line.previous),
    moneyText(line.delta),
    line.percent === undefined ? '–' : percentText(line.percent),
    moneyText(line.mean),
    line.status === 'new' || line.status === 'vanished' ? line.status : '',
  ];
  return `| ${cells.join(' | ')} |`;
}

function tailText(tail: readonly Line[]): string {
  const [current, previous] = [tail.map((line) => line.current), tail.map((line) => line.previous)];
  const known = previous.every((amount) => amount !== undefined)
    ? sum(previous.map((amount) => amount ?? 0n))
    : undefined;
  const delta = known === undefined ? undefined : sum(current) - known;
  return `| ${tail.length} others | ${roundedMoney(sum(current))} | ${moneyText(known)} | ${moneyText(delta)} | | | |`;
}

function moverLines({ lines, currency }: Comparison): readonly string[] {
  const byAmount = moversByAmount(lines, MOVERS);
  const byPercent = moversByPercent(lines, MOVERS, ONE);
  if (byAmount.length === 0) return [];
  const amounts = byAmount.map(({ label, delta }) => `${escaped(label)} ${moneyText(delta)}`);
  const percents = byPercent.map(
    ({ label, percent }) => `${escaped(label)} ${percentText(percent ?? 0n)} %`,
  );
  return [
    `Moved most in ${currency}: ${amounts.join('; ')}.`,
    ...(percents.length === 0
      ? []
      : [
          '',
          `Moved most in percent, of what moved by 1 ${currency} or more: ${percents.join('; ')}.`,
        ]),
    '',
  ];
}

function recordTypeLines({ recordTypes }: CostReport): readonly string[] {
  if (recordTypes.length === 0) return [];
  const rows = recordTypes.map(
    ({ name, currency, amount }) => `| ${escaped(name)} | ${roundedMoney(amount)} ${currency} |`,
  );
  return [
    '## Everything on the bill, by charge type',
    '',
    '| | Amount |',
    '|---|---:|',
    ...rows,
    '',
  ];
}

function outlookLines({ outlook, setting }: CostReport): readonly string[] {
  if (outlook === undefined) return [];
  const { currency, spent, expected, total } = outlook;
  const budget =
    setting.budget === undefined
      ? ''
      : ` The budget is ${roundedMoney(setting.budget)} ${setting.currency}.`;
  return [
    '## This month',
    '',
    `${roundedMoney(spent)} ${currency} so far and ${roundedMoney(expected)} expected make ${roundedMoney(total)} ${currency}.${budget}`,
    '',
  ];
}

function capacityLines({ capacity }: CostReport): readonly string[] {
  if (capacity.ratios.length === 0) return [];
  const rows = capacity.ratios.map(
    ({ name, part, whole, percent }) =>
      `| ${escaped(name)} | ${percentText(percent)} | ${roundedMoney(part)} of ${roundedMoney(whole)} |`,
  );
  return ['## Capacity', '', '| | % | |', '|---|---:|---|', ...rows, ''];
}

function missingLines({ missing }: CostReport): readonly string[] {
  if (missing.length === 0) return [];
  return [
    '## Not answered',
    '',
    ...missing.map(({ name, reason }) => `- ${name}: ${escaped(reason)}`),
    '',
  ];
}

function moneyText(amount: Money | undefined): string {
  return amount === undefined ? '–' : roundedMoney(amount);
}

/** Keeps a name from being taken for Markdown. */
function escaped(text: string): string {
  return text.replace(/[\\|<>`[\]]/g, (sign) => `\\${sign}`).replace(/[\r\n]+/g, ' ');
}
