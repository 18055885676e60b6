import { dollarsText } from '../assessment/savings.ts';
import type { AuditReport } from './audit-report.ts';
import type { TopBucket } from './tally.ts';

/** Writes an audit's report for people. */
export function reportMarkdown(report: AuditReport): string {
  const { totals, trend, unreadable } = report;
  return [
    `# S3 lifecycle audit of ${report.startedAt.slice(0, 10)}`,
    '',
    `${report.scope}, by the policy ${report.policy}: ${report.auditId}.`,
    '',
    '| verdict | buckets | last time |',
    '|---|---:|---:|',
    ...Object.entries(totals.verdicts).map(
      ([verdict, count]) => `| ${verdict} | ${count} | ${lastTime(report, verdict)} |`,
    ),
    '',
    `Newly not compliant: ${trend.newly}. Compliant again: ${trend.resolved}.`,
    '',
    `Estimated savings: ${dollarsText(totals.monthlyMicroDollars)} a month at most, for ${dollarsText(totals.oneOffMicroDollars)} once. An upper bound: how old the objects are, nobody tells.`,
    ...section('Findings', Object.entries(totals.findings)),
    ...section('Unknown, by reason', Object.entries(totals.unknown)),
    ...(unreadable.length === 0
      ? []
      : [
          '',
          '## Accounts that could not be listed',
          '',
          ...unreadable.map(({ accountId, sentence }) => `- ${accountId}: ${sentence}`),
        ]),
    ...topSection(report.top),
    '',
  ].join('\n');
}

function lastTime({ trend }: AuditReport, verdict: string): string {
  return String(trend.previous?.verdicts[verdict] ?? '');
}

function section(title: string, counts: readonly (readonly [string, number])[]): readonly string[] {
  if (counts.length === 0) return [];
  return [
    '',
    `## ${title}`,
    '',
    '| code | buckets |',
    '|---|---:|',
    ...counts.map(([code, count]) => `| ${code} | ${count} |`),
  ];
}

function topSection(top: readonly TopBucket[]): readonly string[] {
  if (top.length === 0) return [];
  return [
    '',
    '## Most to save',
    '',
    '| bucket | Region | a month | breaks even | findings |',
    '|---|---|---:|---:|---|',
    ...top.map(
      ({ bucket, region, monthlyMicroDollars, breakEvenMonths, codes }) =>
        `| ${bucket} | ${region ?? ''} | ${dollarsText(monthlyMicroDollars)} | ${breakEvenMonths === undefined ? '' : `${breakEvenMonths} months`} | ${codes.join(' ')} |`,
    ),
  ];
}
