import { createHash } from 'node:crypto';
import { taskHandler } from '../../shared/task-handler.ts';
import { createBucketReader } from '../assessment/bucket-reader.ts';
import { readPolicy } from '../lifecycle-policy.ts';
import { s3In } from '../regional-clients.ts';
import { backupKey } from '../repair/backup.ts';
import { bucketLifecycle } from '../repair/bucket-lifecycle.ts';
import { createJournal } from '../repair/dynamodb-journal.ts';
import { exchangeLifecycle } from '../repair/lifecycle-exchange.ts';
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
    const exchanged = await exchangeLifecycle({
      store: bucketLifecycle(client, place),
      journal: createJournal(place, 'repair', Date.now),
      writeId: createHash('sha256').update(repair.executionArn).digest('hex').slice(0, 16),
      nowMs: Date.now,
      decide: (current) => decideRepair(current, versioning, { ...repair, isTagged }, policy),
    });
    if (exchanged.kind === 'written') {
      // Whoever approved it asks for it anew, whatever was restored before.
      if (repair.needsApproval) await forgetRestored(bucketKey(place), exchanged.write.readAtMs);
      return { outcome: 'written', backupKey: backupKey(place, exchanged.write), why: '' };
    }
    return { outcome: isOutdated(exchanged.why) ? 'replan' : 'left', why: exchanged.why };
  },
});
