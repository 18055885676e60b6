import { GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { paginateScan, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { safeParse } from 'valibot';
import { EventSchema, failoverIdOf } from '../../functions/failover/read-request.ts';
import type { FailoverStage } from './failover-stage.ts';
import type { Observation, SeenExecution, SeenFailover } from './oracle/observation.ts';
import { seenFailover } from './seen-failover.ts';

/** The part of an observation that the player of a run knows itself. */
type Known = Pick<Observation, 'before' | 'broken' | 'remarks'> & { readonly since: Date };

/** Reads all that is to be checked, after everything came to rest. */
export async function readObservation(
  stage: FailoverStage,
  { since, ...known }: Known,
): Promise<Observation> {
  const facts = stage.journal.facts();
  const { simulatedResources } = stage.runtime;
  const after = simulatedResources.show() ?? {};
  if (known.broken.includes('s3-throttled')) simulatedResources.end('s3-throttled', undefined); // reports are read
  const ids = new Set(facts.flatMap((fact) => (fact.kind === 'entry' ? [fact.failoverId] : [])));
  const failovers: SeenFailover[] = [];
  // Under the name of the plan its last drill is kept, which is no failover.
  for (const id of [...ids].filter((one) => !one.startsWith('plan:'))) {
    failovers.push(await readFailover(stage, id));
  }
  return {
    ...known,
    facts,
    after,
    executions: await readExecutions(stage, since),
    failovers,
    heldLocks: await readHeldLocks(stage),
  };
}

async function readExecutions(
  { states, machineArn }: FailoverStage,
  since: Date,
): Promise<readonly SeenExecution[]> {
  // The newest come first: no run has so many.
  const { executions = [] } = await states.send(
    new ListExecutionsCommand({ stateMachineArn: machineArn, maxResults: 50 }),
  );
  const arns = executions.flatMap(({ executionArn, startDate }) =>
    executionArn !== undefined && startDate !== undefined && startDate >= since
      ? [executionArn]
      : [],
  );
  return Promise.all(
    arns.reverse().map(async (executionArn) => {
      const { status, error, cause, output, input } = await states.send(
        new DescribeExecutionCommand({ executionArn }),
      );
      const event = safeParse(EventSchema, JSON.parse(input ?? 'null'));
      return {
        executionArn,
        failoverId: event.success ? failoverIdOf(event.output) : '',
        status: status ?? '',
        error,
        cause,
        output: JSON.parse(output ?? 'null'),
      };
    }),
  );
}

async function readFailover(stage: FailoverStage, failoverId: string): Promise<SeenFailover> {
  const { Items = [] } = await stage.tables.send(
    new QueryCommand({
      TableName: stage.names.failoversTable,
      KeyConditionExpression: 'failoverId = :failoverId',
      ExpressionAttributeValues: { ':failoverId': failoverId },
    }),
  );
  return seenFailover(failoverId, Items, (key) => readText(stage, key));
}

async function readText(
  { objects, reportsBucket }: FailoverStage,
  Key: string,
): Promise<string | undefined> {
  try {
    const { Body } = await objects.send(new GetObjectCommand({ Bucket: reportsBucket, Key }));
    return await Body?.transformToString();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

async function readHeldLocks({ tables, names }: FailoverStage): Promise<readonly string[]> {
  const held: string[] = [];
  const TableName = names.locksTable;
  for await (const { Items = [] } of paginateScan({ client: tables }, { TableName })) {
    held.push(...Items.filter(({ holder }) => holder).map(({ target }) => String(target)));
  }
  return held.sort();
}
