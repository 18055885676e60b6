import { type InferOutput, literal, object, variant } from 'valibot';
import { logger } from '../../shared/logger.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { createBucketReader } from '../assessment/bucket-reader.ts';
import { auditMetric } from '../audit-metrics.ts';
import { readPolicy } from '../lifecycle-policy.ts';
import { openLifecycleWriter } from '../lost-rules/lifecycle-writer.ts';
import { s3In } from '../regional-clients.ts';
import { BackupSchema } from '../repair/backup.ts';
import { repairRoleOf } from '../repair/repair-task.ts';
import { bucketKey } from '../report/bucket-record.ts';
import { readJsonReport } from '../reports-bucket.ts';
import { forgetRestored, isRestored, rememberRestored } from '../restored-table.ts';
import { type ApplyRepair, ApplyRepairSchema, decideRepair, isOutdated } from './apply-repair.ts';
import { isOurs, MergeLostRulesSchema, trailWriteOf } from './merge-lost-rules.ts';
import { decideRestore, RestoreLifecycleSchema } from './restore-lifecycle.ts';

const roleArns = process.env['REPAIR_ROLE_ARNS'] ?? '';
const ownRoleNames = [
  process.env['REPAIR_ROLE_NAME'] ?? '',
  ...roleArns.split(',').map((roleArn) => roleArn.trim().split('/').at(-1) ?? ''),
].filter((name) => name !== '');

/** The input from the workflow: what to write, and on what grounds. */
const WriteLifecycleSchema = variant('kind', [
  object({ kind: literal('repair'), ...ApplyRepairSchema.entries }),
  object({ kind: literal('restore'), ...RestoreLifecycleSchema.entries }),
  object({ kind: literal('merge'), ...MergeLostRulesSchema.entries }),
]);

/** The one function that may write a bucket's lifecycle: it repairs, restores, and merges what was overtaken. */
export const handler = taskHandler({
  input: WriteLifecycleSchema,
  correlationId: ({ executionArn }) => executionArn,
  run: async (input) => {
    switch (input.kind) {
      case 'repair':
        return applyRepair(input);
      case 'restore':
        return restoreLifecycle(input);
      case 'merge':
        return mergeLostRules(input);
    }
  },
});

/** Backs up a bucket's lifecycle and writes the repaired one. */
async function applyRepair(repair: ApplyRepair): Promise<object> {
  const { place } = repair;
  const client = s3In(place.region, place);
  const policy = await readPolicy();
  const reader = createBucketReader(() => client);
  const [versioning, tags] = [await reader.versioning(place), await reader.tags(place)];
  const isTagged = tags[policy.repairTag] === 'auto' && !(await isRestored(place));
  const writer = openLifecycleWriter(client, place, 'repair', repair.executionArn);
  const repaired = await writer.replace((current) =>
    decideRepair(current, versioning, { ...repair, isTagged }, policy),
  );
  if (repaired.kind === 'written') {
    // Whoever approved it asks for it anew, whatever was restored before.
    if (repair.needsApproval) await forgetRestored(bucketKey(place), repaired.readAtMs);
    return { outcome: 'written', backupKey: repaired.backupKey, why: '' };
  }
  return { outcome: isOutdated(repaired.why) ? 'replan' : 'left', why: repaired.why };
}

/** Puts back the lifecycle that a repair replaced; by itself the bucket is not repaired any more. */
async function restoreLifecycle({
  place,
  executionArn,
  backupKey,
}: InferOutput<typeof RestoreLifecycleSchema>): Promise<object> {
  const backup = await readJsonReport(backupKey, BackupSchema);
  // Before anything is written: our own write is a change like any other, after which it is audited.
  await rememberRestored(place, Date.now());
  const writer = openLifecycleWriter(s3In(place.region, place), place, 'restore', executionArn);
  const restored = await writer.replace((current) => decideRestore(current, backup));
  return restored.kind === 'written'
    ? { outcome: 'restored', why: '' }
    : { outcome: 'left', why: restored.why };
}

/** Brings back the rules that somebody put while a repair was writing, and that the repair replaced. */
async function mergeLostRules({
  event,
  executionArn,
}: InferOutput<typeof MergeLostRulesSchema>): Promise<object> {
  const write = trailWriteOf(event);
  const { accountId, bucket, region, theirs } = write;
  if (isOurs(write, ownRoleNames)) return { outcome: 'ours' };
  if (theirs === undefined) {
    logger.warn('The CloudTrail record does not say what was put', { bucket });
    return { outcome: 'unreadable' };
  }
  const roleArn = repairRoleOf(accountId, roleArns);
  const place = { accountId, bucket, region, ...(roleArn === undefined ? {} : { roleArn }) };
  const writer = openLifecycleWriter(s3In(region, place), place, 'merge', executionArn);
  const merged = await writer.bringBack(theirs);
  if (merged.kind === 'left') return { outcome: 'nothing-lost' };
  auditMetric('LostRulesMerged', 1);
  return { outcome: 'merged', place, backupKey: merged.backupKey };
}
