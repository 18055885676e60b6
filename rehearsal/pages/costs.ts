import type {
  AskedPage,
  ConsolePage,
  PageContent,
  PageRow,
  PageSection,
  PageText,
} from 'signalbox';
import {
  array,
  boolean,
  type InferOutput,
  nullable,
  object,
  parse,
  picklist,
  string,
} from 'valibot';
import { parseMoney, roundedMoney } from '../../functions/costs/money.ts';
import { SEVERITIES } from '../../functions/costs/report/finding.ts';
import { KOREAN } from './korean.ts';
import { stackRecords } from './stack-records.ts';

/** Costs by month, from the reports of the reviews, and what moved them. */
export const costsPage: ConsolePage = {
  title: 'Costs',
  path: 'costs',
  korean: KOREAN,
  read: readCosts,
};

const LineSchema = object({
  label: string(),
  current: string(),
  previous: nullable(string()),
  delta: nullable(string()),
  percent: nullable(string()),
  mean: nullable(string()),
  status: string(),
});

/** The part of a report that the page shows. */
const ReportSchema = object({
  month: string(),
  metric: string(),
  isEstimated: boolean(),
  groupings: array(
    object({
      name: string(),
      comparisons: array(
        object({ currency: string(), total: LineSchema, lines: array(LineSchema) }),
      ),
    }),
  ),
  findings: array(object({ code: string(), severity: picklist(SEVERITIES), sentence: string() })),
  missing: array(object({ name: string(), reason: string() })),
});

type Report = InferOutput<typeof ReportSchema>;
type Line = InferOutput<typeof LineSchema>;

/** The months that are compared at a glance. */
const MONTHS = 24;

async function readCosts({ stack, name }: AskedPage): Promise<PageContent> {
  const records = stackRecords(stack);
  const keys = (await records.keys('costs/')).filter((key) => key.endsWith('.json')).sort();
  const texts = await Promise.all(keys.slice(-MONTHS).map((key) => records.report(key)));
  const reports = texts
    .flatMap((text) => (text === undefined ? [] : [parse(ReportSchema, JSON.parse(text))]))
    .reverse();
  const chosen = reports.find((one) => idOf(one) === name) ?? reports[0];
  return {
    ...(chosen === undefined ? {} : { description: `${chosen.month}, ${chosen.metric}` }),
    sections: [monthsTable(reports), ...(chosen === undefined ? [] : reportSections(chosen))],
  };
}

function idOf({ month, metric }: Report): string {
  return `${month}/${metric}`;
}

function monthsTable(reports: readonly Report[]): PageSection {
  const rows = reports.flatMap((report) =>
    (report.groupings[0]?.comparisons ?? []).map(({ currency, total }) => ({
      report,
      currency,
      total,
    })),
  );
  const most = Math.max(1, ...rows.map(({ total }) => Number(total.current)));
  return {
    kind: 'table',
    title: 'Months',
    columns: ['Month', 'Counted as', 'Cost', 'Change', '%', 'Findings'],
    rows: rows.map(({ report, currency, total }) => ({
      cells: [
        {
          text: `${report.month}${report.isEstimated ? ' (estimated)' : ''}`,
          path: `/costs/${idOf(report)}`,
        },
        report.metric,
        { text: `${rounded(total.current)} ${currency}`, share: Number(total.current) / most },
        rounded(total.delta),
        total.percent ?? '',
        findingsCell(report),
      ],
    })),
    empty: 'No month has been reviewed',
  };
}

function findingsCell({ findings }: Report) {
  const breaches = findings.filter(({ severity }) => severity === 'breach').length;
  return breaches === 0
    ? { text: String(findings.length), state: 'success' as const }
    : { text: `${findings.length}, ${breaches} breaches`, state: 'error' as const };
}

const LEVELS = { info: 'info', warning: 'warning', breach: 'error' } as const;

function reportSections(report: Report): readonly PageSection[] {
  const { findings, missing, groupings } = report;
  return [
    ...findings.map(({ severity, sentence }) => ({
      kind: 'note' as const,
      level: LEVELS[severity],
      text: sentence,
    })),
    ...missing.map(({ name, reason }) => ({
      kind: 'note' as const,
      level: 'warning' as const,
      text: `Not answered: ${name}: ${reason}`,
    })),
    ...groupings.flatMap(({ name, comparisons }) =>
      comparisons.map(({ currency, lines }) => moversTable(name, currency, lines)),
    ),
  ];
}

/** Those that changed most come first, whichever way. */
function moversTable(name: string, currency: string, lines: readonly Line[]): PageSection {
  const moved = lines.toSorted((a, b) => change(b) - change(a));
  const most = Math.max(1, ...lines.map(change));
  return {
    kind: 'table',
    title: moversTitle(name, currency),
    columns: ['Name', 'Cost', 'Month before', 'Change', '%', 'Mean', 'Status'],
    rows: moved.map((line) => moverRow(line, most)),
    empty: 'Nothing was paid',
  };
}

const GROUPED: ReadonlyMap<string, string> = new Map([
  ['by-service', 'Movers by service ({currency})'],
  ['by-account', 'Movers by account ({currency})'],
  ['by-region', 'Movers by Region ({currency})'],
  ['by-purchase-type', 'Movers by purchase type ({currency})'],
  ['by-record-type', 'Movers by record type ({currency})'],
]);

function moversTitle(name: string, currency: string): PageText {
  const text = GROUPED.get(name) ?? 'Movers by {name} ({currency})';
  return { text, values: { name: name.replace(/^by-/, ''), currency } };
}

function moverRow(line: Line, most: number): PageRow {
  const { label, current, previous, delta, percent, mean, status } = line;
  const isRise = Number(delta ?? 0) > 0;
  return {
    cells: [
      label === '' ? '(none)' : label,
      rounded(current),
      rounded(previous),
      { text: `${isRise ? '+' : ''}${rounded(delta)}`, share: change(line) / most },
      percent ?? '',
      rounded(mean),
      { text: status, isWord: true },
    ],
  };
}

function change({ delta }: Line): number {
  return Math.abs(Number(delta ?? 0));
}

function rounded(amount: string | null): string {
  return amount === null ? '' : roundedMoney(parseMoney(amount));
}
