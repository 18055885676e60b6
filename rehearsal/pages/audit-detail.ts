import { type AskedPage, type PageContent, type PageRow, UserError } from 'signalbox';
import { dollarsText } from '../../functions/lifecycle/assessment/savings.ts';
import { auditKeys } from '../../functions/lifecycle/report/audit-keys.ts';
import { type BucketRecord, bucketKey } from '../../functions/lifecycle/report/bucket-record.ts';
import { readBucketRecords } from './audit-records.ts';
import { stackRecords } from './stack-records.ts';

const VERDICTS = ['NON_COMPLIANT', 'UNKNOWN', 'EXEMPT', 'COMPLIANT', 'All'] as const;

const STATES = {
  COMPLIANT: 'success',
  NON_COMPLIANT: 'warning',
  EXEMPT: 'info',
  UNKNOWN: 'error',
  SKIPPED: 'stopped',
} as const;

/**
 * One audit: its buckets of a verdict with their findings, and its report.
 * @throws {UserError} `not-found` when it has left no report.
 */
export async function auditDetail(
  { stack, query }: AskedPage,
  auditId: string,
): Promise<PageContent> {
  const records = stackRecords(stack);
  const [report, buckets] = await Promise.all([
    records.report(auditKeys.report(auditId, 'md')),
    readBucketRecords(records, auditId),
  ]);
  if (report === undefined) throw new UserError('not-found', `There is no audit "${auditId}"`);
  const wished = VERDICTS.find((one) => one === query['verdict']) ?? 'NON_COMPLIANT';
  const shown = buckets.filter(({ verdict }) => wished === 'All' || verdict === wished);
  return {
    title: auditId,
    choices: [{ name: 'verdict', label: 'Verdict', options: VERDICTS }],
    sections: [
      {
        kind: 'table',
        title: 'Buckets',
        columns: ['Bucket', 'Region', 'Verdict', 'Savings a month', 'Findings'],
        rows: shown
          .toSorted((a, b) => savingsIn(b) - savingsIn(a))
          .map((one) => rowOf(auditId, one, shown)),
        empty: 'No bucket has this verdict',
      },
      { kind: 'text', title: 'Report', text: report },
    ],
  };
}

function rowOf(auditId: string, record: BucketRecord, all: readonly BucketRecord[]): PageRow {
  const { bucket, region, verdict, findings, unknown } = record;
  const most = Math.max(1, ...all.map(savingsIn));
  const savings = savingsIn(record);
  const sentences = findings.map(
    ({ severity, code, sentence }) => `${severity} ${code}: ${sentence}`,
  );
  return {
    cells: [
      { text: bucket, path: `/audits/${auditId}/${bucketKey(record)}` },
      region ?? '',
      { text: verdict, state: STATES[verdict] },
      savings === 0 ? '' : { text: dollarsText(savings), share: savings / most },
      unknown === undefined ? sentences.join(' · ') : `${unknown.reason}: ${unknown.sentence}`,
    ],
  };
}

function savingsIn({ savings }: BucketRecord): number {
  return savings?.monthlyMicroDollars ?? 0;
}
