import type { Context } from 'aws-lambda';
import { requiredVariable } from '../../shared/environment.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { createBucketReader } from '../assessment/bucket-reader.ts';
import { diffText } from '../assessment/diff.ts';
import { readStorageMetrics } from '../assessment/storage-metrics.ts';
import { cloudWatchIn, s3In } from '../regional-clients.ts';
import { auditKeys } from '../report/audit-keys.ts';
import { putReport, toLines } from '../reports-bucket.ts';
import { AuditBucketsSchema, auditBuckets, batchName } from './audit-buckets.ts';

const ownRegion = requiredVariable('AWS_REGION');
/** The time that writing the results may still take. */
const RESERVE_MS = 20_000;

/** Audits a batch of buckets; what it finds goes to the reports' bucket, and only counts go back. */
export const handler = (event: unknown, context: Context) =>
  taskHandler({
    input: AuditBucketsSchema,
    correlationId: ({ BatchInput: { auditId } }) => auditId,
    run: async (batch) => {
      const { auditId, startedAt } = batch.BatchInput;
      const records = await auditBuckets(batch, {
        readerOf: (account) => createBucketReader((region) => s3In(region, account)),
        metricsOf: (buckets) =>
          readStorageMetrics(
            cloudWatchIn(buckets[0]?.region ?? ownRegion, buckets[0] ?? { accountId: '' }),
            buckets.map(({ bucket }) => bucket),
            new Date(startedAt),
          ),
        async writeProposal({ accountId, bucket, region, configuration }, { proposal }, savings) {
          const key = auditKeys.proposal(auditId, accountId, bucket);
          const diff = proposal?.kind === 'proposed' ? diffText(proposal.changes) : '';
          const place = { accountId, bucket, region };
          const about = { ...place, current: configuration, proposal, savings, diff };
          await putReport(key, JSON.stringify(about));
          return key;
        },
        hasTime: () => context.getRemainingTimeInMillis() > RESERVE_MS,
      });
      await putReport(auditKeys.resultsPart(auditId, batchName(batch.Items)), toLines(records));
      return { buckets: records.length, unknown: records.filter(isUnknown).length };
    },
  })(event, context);

function isUnknown({ verdict }: { readonly verdict: string }): boolean {
  return verdict === 'UNKNOWN';
}
