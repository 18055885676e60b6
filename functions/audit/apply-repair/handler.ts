import { createHash } from 'node:crypto';
import { taskHandler } from '../../shared/task-handler.ts';
import { createBucketReader } from '../lifecycle/bucket-reader.ts';
import { readPolicy } from '../lifecycle-policy.ts';
import { s3In } from '../regional-clients.ts';
import { backupKey } from '../repair/backup.ts';
import { bucketLifecycle } from '../repair/bucket-lifecycle.ts';
import { createJournal } from '../repair/dynamodb-journal.ts';
import { exchangeLifecycle } from '../repair/lifecycle-exchange.ts';
import { ApplyRepairSchema, CHANGED, decideRepair } from './apply-repair.ts';

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
    // The tag may have gone since the plan was made, and nobody approved it then.
    if (!repair.needsApproval && tags[policy.repairTag] !== 'auto') {
      return { outcome: 'replan', why: 'the tag that lets it be repaired is gone' };
    }
    const exchanged = await exchangeLifecycle({
      store: bucketLifecycle(client, place),
      journal: createJournal(place, Date.now),
      writeId: createHash('sha256').update(repair.executionArn).digest('hex').slice(0, 16),
      nowMs: Date.now,
      decide: (current) => decideRepair(current, versioning, repair, policy),
    });
    if (exchanged.kind === 'written') {
      return { outcome: 'written', backupKey: backupKey(place, exchanged.write), why: '' };
    }
    return { outcome: exchanged.why === CHANGED ? 'replan' : 'left', why: exchanged.why };
  },
});
