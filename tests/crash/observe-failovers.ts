import { GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3';
import type { DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { paginateScan, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { safeParse } from 'valibot';
import { EventSchema, failoverIdOf } from '../../functions/failover/read-request.ts';
import type { Observation, SeenFailover } from '../failovers/oracle/observation.ts';
import { seenFailover } from '../failovers/seen-failover.ts';
import type { CrashStage } from './crash-stage.ts';

/** Reads what is left of failovers: their trails are all the facts that outlive a process. */
export async function observe(
  stage: CrashStage,
  executions: readonly DescribeExecutionOutput[],
): Promise<Observation> {
  const seen = executions.map(({ executionArn = '', status = '', error, cause, output, input }) => {
    const event = safeParse(EventSchema, JSON.parse(input ?? 'null'));
    const failoverId = event.success ? failoverIdOf(event.output) : '';
    return { executionArn, failoverId, status, error, cause, output: JSON.parse(output ?? 'null') };
  });
  const ids = new Set(seen.map(({ failoverId }) => failoverId));
  const read = await Promise.all([...ids].map((failoverId) => readFailover(stage, failoverId)));
  // A request that was turned down before it was claimed has no trail.
  const failovers = read.filter(({ entries }) => entries.length > 0);
  const facts = failovers.flatMap(({ failoverId, entries }) =>
    entries.map(({ entryId }, index) => ({ kind: 'entry', index, failoverId, entryId }) as const),
  );
  const heldLocks = await readHeldLocks(stage);
  const unseen = { before: {}, after: {}, broken: [], remarks: [] };
  return { facts, executions: seen, failovers, heldLocks, ...unseen };
}

async function readFailover(stage: CrashStage, failoverId: string): Promise<SeenFailover> {
  const { Items = [] } = await stage.insist(({ tables, physicalId }) =>
    tables.send(
      new QueryCommand({
        TableName: physicalId('FailoversTable'),
        KeyConditionExpression: 'failoverId = :failoverId',
        ExpressionAttributeValues: { ':failoverId': failoverId },
      }),
    ),
  );
  return seenFailover(failoverId, Items, (key) => readText(stage, key));
}

function readText(stage: CrashStage, Key: string): Promise<string | undefined> {
  return stage.insist(async ({ objects, physicalId }) => {
    try {
      const Bucket = physicalId('ReportsBucket');
      const { Body } = await objects.send(new GetObjectCommand({ Bucket, Key }));
      return await Body?.transformToString();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  });
}

function readHeldLocks(stage: CrashStage): Promise<readonly string[]> {
  return stage.insist(async ({ tables, physicalId }) => {
    const held: string[] = [];
    const TableName = physicalId('FailoverLocksTable');
    for await (const { Items = [] } of paginateScan({ client: tables }, { TableName })) {
      held.push(...Items.filter(({ holder }) => holder).map(({ target }) => String(target)));
    }
    return held.sort();
  });
}
