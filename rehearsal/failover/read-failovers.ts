import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { physicalId, type StackPlace } from 'signalbox';
import * as v from 'valibot';

/** A failover by its id, and the execution that ran it. */
export interface ListedFailover {
  readonly failoverId: string;
  readonly scenario: string;
  /** Such as `drill, graceful`. */
  readonly how: string;
  /** ISO 8601. */
  readonly claimedAt: string;
  readonly execution: string;
  readonly executionArn: string;
  /** Undefined while it runs, or where its end was never written down. */
  readonly outcome?: string | undefined;
}

const EntrySchema = v.object({
  failoverId: v.string(),
  entryId: v.string(),
  at: v.optional(v.string(), ''),
  executionArn: v.optional(v.string(), ''),
  outcome: v.optional(v.string()),
  failover: v.optional(v.object({ scenario: v.string(), kind: v.string(), mode: v.string() })),
});

/** Reads the failovers of the trail, newest first: of each its claim, and how it was closed. */
export async function readFailovers(place: StackPlace): Promise<readonly ListedFailover[]> {
  const entries = await readEntries(place);
  const claims = entries.filter(({ entryId }) => entryId === 'claim');
  return claims
    .map(({ failoverId, at, executionArn, failover }) => ({
      failoverId,
      scenario: failover?.scenario ?? '',
      how: failover === undefined ? '' : `${failover.kind}, ${failover.mode}`,
      claimedAt: at,
      execution: executionArn.split(':').at(-1) ?? '',
      executionArn,
      outcome: entries.find((one) => one.failoverId === failoverId && one.entryId === 'closed')
        ?.outcome,
    }))
    .sort((one, other) => other.claimedAt.localeCompare(one.claimedAt));
}

/** There are some tens of entries for each failover, and a failover is rare: the table is read whole. */
async function readEntries(
  place: StackPlace,
): Promise<readonly v.InferOutput<typeof EntrySchema>[]> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(place.client));
  const pages = paginateScan(
    { client },
    {
      TableName: await physicalId(place, 'AWS::DynamoDB::Table', 'FailoversTable'),
      FilterExpression: 'entryId IN (:claim, :closed)',
      ExpressionAttributeValues: { ':claim': 'claim', ':closed': 'closed' },
    },
  );
  const entries: v.InferOutput<typeof EntrySchema>[] = [];
  for await (const { Items = [] } of pages) entries.push(...v.parse(v.array(EntrySchema), Items));
  return entries;
}
