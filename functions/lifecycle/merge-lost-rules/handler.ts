import { logger } from '../../shared/logger.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { auditMetric } from '../audit-metrics.ts';
import { openLifecycleWriter } from '../lost-rules/lifecycle-writer.ts';
import { s3In } from '../regional-clients.ts';
import { repairRoleOf } from '../repair/repair-task.ts';
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
    const writer = openLifecycleWriter(s3In(region, place), place, 'merge', executionArn);
    const merged = await writer.bringBack(theirs);
    if (merged.kind === 'left') return { outcome: 'nothing-lost' };
    auditMetric('LostRulesMerged', 1);
    return { outcome: 'merged', place, backupKey: merged.backupKey };
  },
});
