import { createHash } from 'node:crypto';
import { logger } from '../../shared/logger.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { auditMetric } from '../audit-metrics.ts';
import { s3In } from '../regional-clients.ts';
import { backupKey } from '../repair/backup.ts';
import { bucketLifecycle } from '../repair/bucket-lifecycle.ts';
import { createJournal } from '../repair/dynamodb-journal.ts';
import { exchangeLifecycle } from '../repair/lifecycle-exchange.ts';
import { repairRoleOf } from '../repair/repair-task.ts';
import { bringBack, type KnownWrite } from '../repair/write-window.ts';
import { isOurs, MergeLostRulesSchema, trailWriteOf } from './merge-lost-rules.ts';

const roleArns = process.env['REPAIR_ROLE_ARNS'] ?? '';
const ownRoleNames = [
  ...(process.env['REPAIR_ROLE_NAMES'] ?? '').split(','),
  ...roleArns.split(',').map((roleArn) => roleArn.trim().split('/').at(-1) ?? ''),
].filter((name) => name !== '');

/** Brings back the rules that somebody put while a repair was writing, and that the repair replaced. */
export const handler = taskHandler({
  input: MergeLostRulesSchema,
  correlationId: ({ executionArn }) => executionArn,
  run: async ({ event, executionArn }) => {
    const write = trailWriteOf(event);
    const { accountId, bucket, region, theirs } = write;
    if (isOurs(write, ownRoleNames)) return { outcome: 'ours' };
    if (theirs === undefined) {
      logger.warn('The CloudTrail record does not say what was put', { bucket });
      return { outcome: 'unreadable' };
    }
    const roleArn = repairRoleOf(accountId, roleArns);
    const place = { accountId, bucket, region, ...(roleArn === undefined ? {} : { roleArn }) };
    const journal = createJournal(place, 'merge', Date.now);
    const writes = await journal.writesAround(theirs.atMs);
    if (writes.length === 0) return { outcome: 'nothing-lost' };
    let overtakenBy: readonly KnownWrite[] = [];
    const exchanged = await exchangeLifecycle({
      store: bucketLifecycle(s3In(region, place), place),
      journal,
      writeId: createHash('sha256').update(`${executionArn} merge`).digest('hex').slice(0, 16),
      nowMs: Date.now,
      decide: (current) => {
        const back = bringBack(current, theirs, writes);
        overtakenBy = back.overtakenBy;
        return back.decision;
      },
    });
    for (const one of overtakenBy) await journal.noteOvertaken(one, theirs);
    if (exchanged.kind === 'left') return { outcome: 'nothing-lost' };
    auditMetric('LostRulesMerged', 1);
    return { outcome: 'merged', place, backupKey: backupKey(place, exchanged.write) };
  },
});
