import { taskHandler } from '../../shared/task-handler.ts';
import { dollarsText } from '../assessment/savings.ts';
import { auditMetric } from '../audit-metrics.ts';
import { inParallel } from '../in-parallel.ts';
import { knownNonCompliant } from '../non-compliant-table.ts';
import { auditKeys } from '../report/audit-keys.ts';
import type { AuditReport } from '../report/audit-report.ts';
import { BucketRecordSchema, ListedBucketSchema } from '../report/bucket-record.ts';
import { reportMarkdown } from '../report/markdown.ts';
import type { Totals } from '../report/tally.ts';
import { linesOf, listReports, putReport, readReport, toLines } from '../reports-bucket.ts';
import { restoredBuckets } from '../restored-table.ts';
import { auditBefore, keepTrend } from '../trend-table.ts';
import {
  hoursBetween,
  type SummariseAudit,
  SummariseAuditSchema,
  type Summary,
  summarise,
} from './summarise-audit.ts';

/** Parts read side by side; each holds a batch of buckets. */
const CONCURRENCY = 8;

/** Adds up an audit, writes its reports, and keeps what the next one compares itself with. */
export const handler = taskHandler({
  input: SummariseAuditSchema,
  correlationId: ({ auditId }) => auditId,
  run: async (audit) => {
    const { auditId, isEverything } = audit;
    const previous = isEverything ? await auditBefore(auditId) : undefined;
    const known = { nonCompliant: await knownNonCompliant(), restored: await restoredBuckets() };
    const summary = await summarise(portsOf(auditId), known, audit.startedAt);
    const report = reportOf(audit, summary, previous);
    const reportKey = auditKeys.report(auditId, 'json');
    await putReport(auditKeys.announcements(auditId), toLines(summary.announcements));
    await putReport(auditKeys.report(auditId, 'md'), reportMarkdown(report));
    await putReport(reportKey, JSON.stringify(report));
    if (isEverything) {
      await keepTrend({
        entryId: auditId,
        startedAt: audit.startedAt,
        finishedAt: audit.finishedAt,
        verdicts: { ...report.totals.verdicts },
        findings: { ...report.totals.findings },
        monthlyMicroDollars: report.totals.monthlyMicroDollars,
        reportKey,
      });
      emitMetrics(audit, report.totals, previous?.finishedAt);
    }
    return answerOf(report, reportKey, summary);
  },
});

function portsOf(auditId: string) {
  return {
    results: () =>
      parts(auditKeys.results(auditId), (text) => [...linesOf(text, BucketRecordSchema)]),
    listed: () =>
      parts(auditKeys.buckets(auditId), (text) => [...linesOf(text, ListedBucketSchema)]),
    async writeTable(part: number, csv: string) {
      const key = auditKeys.table(auditId, part);
      await putReport(key, csv);
      return key;
    },
  };
}

/** Reads parts a few at a time, so that neither the time nor the memory grows with all of them. */
async function* parts<T>(prefix: string, read: (text: string) => T): AsyncGenerator<T> {
  const keys = await listReports(prefix);
  for (let from = 0; from < keys.length; from += CONCURRENCY) {
    const some = keys.slice(from, from + CONCURRENCY);
    for (const text of await inParallel(some, CONCURRENCY, readReport)) yield read(text);
  }
}

function reportOf(
  { auditId, scopeSentence, policyName, startedAt, finishedAt, unreadable }: SummariseAudit,
  { totals, top, tables, newly, resolved }: Summary,
  previous: Awaited<ReturnType<typeof auditBefore>>,
): AuditReport {
  return {
    version: 1,
    auditId,
    scope: scopeSentence,
    policy: policyName,
    startedAt,
    finishedAt,
    totals,
    trend: {
      previous: previous && {
        auditId: previous.entryId,
        finishedAt: previous.finishedAt,
        verdicts: previous.verdicts,
      },
      newly,
      resolved,
    },
    unreadable,
    top,
    tables,
  };
}

function emitMetrics(
  { startedAt, finishedAt }: SummariseAudit,
  { verdicts, findings, monthlyMicroDollars }: Totals,
  previousFinishedAt: string | undefined,
): void {
  for (const [Verdict, count] of Object.entries(verdicts)) {
    auditMetric('BucketsAudited', count, { Verdict });
  }
  for (const [Code, count] of Object.entries(findings)) {
    auditMetric('LifecycleFindings', count, { Code });
  }
  auditMetric('EstimatedMonthlySavings', monthlyMicroDollars / 1_000_000);
  auditMetric('AuditDurationSeconds', hoursBetween(startedAt, finishedAt) * 3_600);
  if (previousFinishedAt !== undefined) {
    auditMetric('AuditAgeHours', hoursBetween(previousFinishedAt, finishedAt));
  }
  auditMetric('AuditsCompleted', 1);
}

/** The state of a workflow is small: what is long stays in the reports' bucket. */
function answerOf(
  { totals, scope }: AuditReport,
  reportKey: string,
  { announcements, newly, resolved }: Summary,
) {
  const { verdicts } = totals;
  const savings = dollarsText(totals.monthlyMicroDollars);
  return {
    reportKey,
    audited: totals.audited,
    verdicts,
    newly,
    resolved,
    announcements: announcements.length,
    monthlyMicroDollars: totals.monthlyMicroDollars,
    notice: `S3 lifecycle audit of ${scope}: ${verdicts.NON_COMPLIANT} of ${totals.audited} buckets are not compliant (${newly} newly), ${verdicts.UNKNOWN} unknown; ${savings} a month could be saved at most. Report: ${reportKey}`,
  };
}
