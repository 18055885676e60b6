import { taskHandler } from '../../shared/task-handler.ts';
import { createBucketReader } from '../assessment/bucket-reader.ts';
import { readPolicy } from '../lifecycle-policy.ts';
import { openLifecycleWriter } from '../lost-rules/lifecycle-writer.ts';
import { s3In } from '../regional-clients.ts';
import { bucketKey } from '../report/bucket-record.ts';
import { forgetRestored, isRestored } from '../restored-table.ts';
import { ApplyRepairSchema, decideRepair, isOutdated } from './apply-repair.ts';

/** Backs up a bucket's lifecycle and writes the repaired one. */
export const handler = taskHandler({
  input: ApplyRepairSchema,
  correlationId: ({ executionArn }) => executionArn,
  run: async (repair) => {
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
  },
});
