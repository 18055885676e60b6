import type { AskedPage, ConsolePage, PageContent, PageRow } from 'signalbox';
import { array, number, object, record, safeParse, string } from 'valibot';
import { dollarsText } from '../../functions/lifecycle/assessment/savings.ts';
import { BackupSchema } from '../../functions/lifecycle/repair/backup.ts';
import { askForAudit, auditButton, restore } from './audit-actions.ts';
import { auditDetail } from './audit-detail.ts';
import { bucketDetail } from './bucket-detail.ts';
import { KOREAN } from './korean.ts';
import { type StackRecords, stackRecords } from './stack-records.ts';
import { timeCell } from './time-cell.ts';

/** Audits of lifecycles: buckets by verdict, findings, proposals, savings; repairs and their backups. */
export const auditsPage: ConsolePage = {
  title: 'Audits',
  path: 'audits',
  korean: KOREAN,
  read(asked) {
    if (asked.name === '') return readAll(asked);
    const [auditId = '', ...bucket] = asked.name.split('/');
    return bucket.length === 0
      ? auditDetail(asked, auditId)
      : bucketDetail(asked, auditId, bucket.join('/'));
  },
  actions: { audit: askForAudit, restore },
};

/** Reports that a list reads, the newest. */
const LISTED = 20;

async function readAll({ stack }: AskedPage): Promise<PageContent> {
  const records = stackRecords(stack);
  const keys = await records.keys('audits/');
  const reports = keys.filter((key) => /^audits\/[^/]+\/report\.json$/.test(key)).sort();
  const [audits, repairs, button] = await Promise.all([
    Promise.all(
      reports
        .slice(-LISTED)
        .reverse()
        .map((key) => auditRow(records, key)),
    ),
    repairRows(records),
    auditButton(stack),
  ]);
  return {
    buttons: [button],
    sections: [
      {
        kind: 'table',
        title: 'Audits',
        columns: [
          'Audit',
          'Scope',
          'Compliant',
          'Not compliant',
          'Exempt',
          'Unknown',
          'Savings a month',
        ],
        rows: audits,
        empty: 'No audit has been completed',
      },
      {
        kind: 'table',
        title: 'Repairs',
        columns: ['Bucket', 'Time', 'Kind', 'Rules before', 'Rules after'],
        rows: repairs,
        empty: 'Nothing was repaired',
      },
    ],
  };
}

/** The part of a report that a list shows. */
const ListedReportSchema = object({
  auditId: string(),
  scope: string(),
  totals: object({ verdicts: record(string(), number()), monthlyMicroDollars: number() }),
});

async function auditRow(records: StackRecords, key: string): Promise<PageRow> {
  const read = safeParse(ListedReportSchema, JSON.parse((await records.report(key)) ?? 'null'));
  if (!read.success) return { cells: [{ text: key, state: 'error' }] };
  const { auditId, scope, totals } = read.output;
  const count = (verdict: string) => totals.verdicts[verdict] ?? 0;
  const bad = count('NON_COMPLIANT');
  return {
    cells: [
      { text: auditId, path: `/audits/${auditId}` },
      scope,
      String(count('COMPLIANT')),
      { text: String(bad), state: bad === 0 ? 'success' : 'warning' },
      String(count('EXEMPT')),
      String(count('UNKNOWN')),
      dollarsText(totals.monthlyMicroDollars),
    ],
  };
}

const SHOWN_REPAIRS = 50;

async function repairRows(records: StackRecords): Promise<readonly PageRow[]> {
  const keys = (await records.keys('lifecycle-backups/')).filter((key) => key.endsWith('.json'));
  const newest = keys.toSorted((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1)).slice(0, SHOWN_REPAIRS);
  const texts = await Promise.all(newest.map((key) => records.report(key)));
  const read = safeParse(
    array(BackupSchema),
    texts.flatMap((text) => (text === undefined ? [] : [JSON.parse(text)])),
  );
  if (!read.success) return [{ cells: [{ text: 'A backup cannot be read', state: 'error' }] }];
  return read.output.map(({ bucket, readAt, kind, base, written }) => ({
    cells: [
      bucket,
      timeCell(readAt),
      kind,
      String(base?.rules.length ?? 0),
      String(written?.rules.length ?? 0),
    ],
    buttons:
      kind === 'repair'
        ? [
            {
              action: 'restore',
              label: 'Take back',
              question: {
                text: 'The lifecycle of {bucket} before its last repair is put back, unless somebody has changed it since.',
                values: { bucket },
              },
              values: { bucket },
              commands: [`npx signalbox audit restore ${bucket}`],
            },
          ]
        : [],
  }));
}

/** The keys end with the time and the id of the write. */
function timeOf(key: string): string {
  return key.split('/').at(-1) ?? '';
}
