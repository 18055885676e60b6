import { taskHandler } from '../../shared/task-handler.ts';
import { createBucketReader } from '../assessment/bucket-reader.ts';
import { readFacts } from '../assessment/read-facts.ts';
import { auditMetric } from '../audit-metrics.ts';
import { BucketUnreadableError } from '../errors.ts';
import { readPolicy } from '../lifecycle-policy.ts';
import { s3In } from '../regional-clients.ts';
import { BackupSchema } from '../repair/backup.ts';
import { readJsonReport } from '../reports-bucket.ts';
import { VerifyRepairSchema, verifyRepair } from './verify-repair.ts';

/** Reads whether the repaired lifecycle is there, and holds. */
export const handler = taskHandler({
  input: VerifyRepairSchema,
  correlationId: ({ executionArn }) => executionArn,
  run: async ({ place, backupKey, now }) => {
    const { written } = await readJsonReport(backupKey, BackupSchema);
    const { accountId, bucket, region } = place;
    const reader = createBucketReader((where) => s3In(where, place));
    const read = await readFacts(reader, { accountId, bucket, region });
    if (read.kind === 'unknown') throw new BucketUnreadableError(read.unknown.sentence);
    const none = { rules: [], minimumObjectSize: undefined };
    const policy = await readPolicy();
    const verification = verifyRepair(read.facts, written ?? none, policy, new Date(now));
    if (verification === 'compliant') auditMetric('RepairsApplied', 1);
    return { verification };
  },
});
