import { requiredVariable } from '../../shared/environment.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { createBucketReader } from '../assessment/bucket-reader.ts';
import { readFacts } from '../assessment/read-facts.ts';
import { BucketUnreadableError } from '../errors.ts';
import { readPolicy } from '../lifecycle-policy.ts';
import { s3In } from '../regional-clients.ts';
import { repairRoleOf } from '../repair/repair-task.ts';
import { isRestored } from '../restored-table.ts';
import { notHere, PlanRepairSchema, planRepair, repairRequestOf } from './plan-repair.ts';

const roleArns = process.env['REPAIR_ROLE_ARNS'] ?? '';
const ownRegion = requiredVariable('AWS_REGION');
/** Other Regions whose CloudTrail events are forwarded to this one. */
const otherRegions = (process.env['REPAIR_REGIONS'] ?? '').split(',').map((text) => text.trim());

/** Plans a repair of one bucket, from what is there now. */
export const handler = taskHandler({
  input: PlanRepairSchema,
  correlationId: ({ executionArn }) => executionArn,
  run: async ({ event, now }) => {
    const { accountId, bucket, region, requestedBy, reason } = repairRequestOf(event);
    const roleArn = repairRoleOf(accountId, roleArns);
    const place = { accountId, bucket, region, ...(roleArn === undefined ? {} : { roleArn }) };
    if (region !== ownRegion && !otherRegions.includes(region)) {
      // CloudTrail does not tell here of who else writes there: the stack of that Region repairs it.
      return { place, plan: notHere(region), requestedBy, reason };
    }
    const reader = createBucketReader((where) => s3In(where, place));
    const read = await readFacts(reader, { accountId, bucket, region });
    if (read.kind === 'unknown') throw new BucketUnreadableError(read.unknown.sentence);
    const wasRestored = await isRestored(place);
    const plan = planRepair(read.facts, await readPolicy(), new Date(now), wasRestored);
    return { place, plan, requestedBy, reason };
  },
});
