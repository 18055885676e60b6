import { type AskedPage, type PageContent, type PageSection, UserError } from 'signalbox';
import { looseObject, nullish, safeParse, unknown } from 'valibot';
import { dollarsText } from '../../functions/lifecycle/assessment/savings.ts';
import { type BucketRecord, bucketKey } from '../../functions/lifecycle/report/bucket-record.ts';
import { readBucketRecords } from './audit-records.ts';
import { stackRecords } from './stack-records.ts';

/**
 * One bucket of an audit: its findings, and the proposal as a difference to its lifecycle.
 * @throws {UserError} `not-found` when the audit had no such bucket.
 */
export async function bucketDetail(
  { stack }: AskedPage,
  auditId: string,
  key: string,
): Promise<PageContent> {
  const records = stackRecords(stack);
  const found = (await readBucketRecords(records, auditId)).find((one) => bucketKey(one) === key);
  if (found === undefined) {
    throw new UserError('not-found', `The audit ${auditId} has no bucket "${key}"`);
  }
  const text =
    found.proposalKey === undefined ? undefined : await records.report(found.proposalKey);
  return {
    title: found.bucket,
    description: auditId,
    sections: [facts(found), findings(found), ...proposal(text, found)],
  };
}

function facts({
  accountId,
  region,
  verdict,
  coverage,
  savings,
  isRepairedByItself,
}: BucketRecord): PageSection {
  return {
    kind: 'facts',
    title: 'Bucket',
    facts: [
      { label: 'Account', value: accountId },
      { label: 'Region', value: region ?? '' },
      { label: 'Verdict', value: verdict },
      { label: 'Coverage', value: coverage ?? '' },
      { label: 'Savings a month', value: dollarsText(savings?.monthlyMicroDollars ?? 0) },
      { label: 'Repaired by itself', value: isRepairedByItself === true ? 'Yes' : 'No' },
    ],
  };
}

function findings({ findings: all, unknown: why }: BucketRecord): PageSection {
  return {
    kind: 'table',
    title: 'Findings',
    columns: ['Finding', 'Severity', 'What it means'],
    rows: [
      ...all.map(({ code, severity, sentence }) => ({ cells: [code, severity, sentence] })),
      ...(why === undefined ? [] : [{ cells: [why.reason, '', why.sentence] }]),
    ],
    empty: 'None',
  };
}

const ProposalSchema = looseObject({
  current: nullish(unknown()),
  proposal: looseObject({ configuration: unknown() }),
});

function proposal(text: string | undefined, { savings }: BucketRecord): readonly PageSection[] {
  if (text === undefined) return [];
  const read = safeParse(ProposalSchema, JSON.parse(text));
  if (!read.success) return [{ kind: 'json', title: 'Proposal', text }];
  const { current, proposal: made } = read.output;
  return [
    {
      kind: 'difference',
      title: 'Proposal',
      description: savings?.note ?? '',
      before: JSON.stringify(current ?? { rules: [] }),
      after: JSON.stringify(made.configuration),
    },
  ];
}
