import { taskHandler } from '../../shared/task-handler.ts';
import { openLifecycleWriter } from '../lost-rules/lifecycle-writer.ts';
import { s3In } from '../regional-clients.ts';
import { BackupSchema } from '../repair/backup.ts';
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
    const writer = openLifecycleWriter(s3In(place.region, place), place, 'restore', executionArn);
    const restored = await writer.replace((current) => decideRestore(current, backup));
    return restored.kind === 'written'
      ? { outcome: 'restored', why: '' }
      : { outcome: 'left', why: restored.why };
  },
});
