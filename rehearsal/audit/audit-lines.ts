import { tableOf } from 'signalbox';
import { diffText } from '../../functions/lifecycle/assessment/diff.ts';
import { dollarsText } from '../../functions/lifecycle/assessment/savings.ts';
import { BUCKET_VERDICTS } from '../../functions/lifecycle/assessment/verdict.ts';
import { type AuditedBucket, verdictOf } from './audit-account.ts';

/** Lays an audit out for the terminal: a line for each bucket and finding, the totals, the proposals. */
export function auditLines(
  buckets: readonly AuditedBucket[],
  withProposals: boolean,
): readonly string[] {
  if (buckets.length === 0) return ['No buckets'];
  const total = buckets.reduce((sum, { savings }) => sum + (savings?.monthlyMicroDollars ?? 0), 0);
  const counts = BUCKET_VERDICTS.map((verdict) => {
    const count = buckets.filter((bucket) => verdictOf(bucket) === verdict).length;
    return `${count} ${verdict}`;
  });
  return [
    ...tableOf(
      ['BUCKET', 'REGION', 'VERDICT', 'SAVES/MONTH', 'SEVERITY', 'FINDING'],
      buckets.flatMap(rowsOf),
    ),
    '',
    counts.join(', '),
    ...(total === 0 ? [] : [`At most ${dollarsText(total)} a month could be saved`]),
    ...(withProposals ? buckets.flatMap(proposalLines) : []),
  ];
}

/** The bucket stands in the first line of its findings alone. */
function rowsOf(bucket: AuditedBucket): readonly (readonly string[])[] {
  const { savings, unknown, audited } = bucket;
  const saves = savings === undefined ? '' : dollarsText(savings.monthlyMicroDollars);
  const name = [bucket.bucket, bucket.region, verdictOf(bucket), saves];
  if (unknown !== undefined) return [[...name, '', `${unknown.reason}: ${unknown.sentence}`]];
  const findings = (audited?.findings ?? []).map(({ severity, code, sentence }) => [
    severity,
    `${code}: ${sentence}`,
  ]);
  const [first = ['', ''], ...others] = findings;
  return [[...name, ...first], ...others.map((cells) => ['', '', '', '', ...cells])];
}

function proposalLines({ bucket, audited, savings }: AuditedBucket): readonly string[] {
  const { proposal } = audited ?? {};
  if (proposal === undefined || proposal.kind === 'unchanged') return [];
  if (proposal.kind === 'impossible') return ['', `${bucket}: ${proposal.sentence}`];
  return [
    '',
    `${bucket}:`,
    ...diffText(proposal.changes)
      .split('\n')
      .map((line) => `  ${line}`),
    ...(savings === undefined ? [] : [`  ${savings.note}`]),
  ];
}

/** An audit as JSON. */
export function auditJson(buckets: readonly AuditedBucket[], withProposals: boolean): object {
  return {
    buckets: buckets.map(({ audited, unknown, savings, ...place }) => ({
      ...place,
      verdict: audited?.verdict ?? 'UNKNOWN',
      ...(audited === undefined ? {} : { findings: audited.findings, coverage: audited.coverage }),
      ...(unknown === undefined ? {} : { unknown }),
      ...(savings === undefined ? {} : { savings }),
      ...(withProposals && audited?.proposal !== undefined ? { proposal: audited.proposal } : {}),
    })),
  };
}
