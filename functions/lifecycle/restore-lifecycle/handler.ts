import { createHash } from 'node:crypto';
import { taskHandler } from '../../shared/task-handler.ts';
import { s3In } from '../regional-clients.ts';
import { BackupSchema } from '../repair/backup.ts';
import { bucketLifecycle } from '../repair/bucket-lifecycle.ts';
import { createJournal } from '../repair/dynamodb-journal.ts';
import { exchangeLifecycle } from '../repair/lifecycle-exchange.ts';
import { readJsonReport } from '../reports-bucket.ts';
import { rememberRestored } from '../restored-table.ts';
import { decideRestore, RestoreLifecycleSchema } from './restore-lifecycle.ts';

/** Puts back the lifecycle that a repair replaced; by itself the bucket is not repaired any more. */
export const handler = taskHandler({
  input: RestoreLifecycleSchema,
  correlationId: ({ executionArn }) => executionArn,
  run: async ({ place, executionArn, backupKey }) => {
    const backup = await readJsonReport(backupKey, BackupSchema);
    // Before anything is written: our own write is a change like any other, after which it is audited.
    await rememberRestored(place, Date.now());
    const exchanged = await exchangeLifecycle({
      store: bucketLifecycle(s3In(place.region, place), place),
      journal: createJournal(place, 'restore', Date.now),
      writeId: createHash('sha256').update(`${executionArn} restore`).digest('hex').slice(0, 16),
      nowMs: Date.now,
      decide: (current) => decideRestore(current, backup),
    });
    return exchanged.kind === 'written'
      ? { outcome: 'restored', why: '' }
      : { outcome: 'left', why: exchanged.why };
  },
});
