import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type InferOutput, number, object, parse, record, string } from 'valibot';
import { documents } from '../shared/dynamodb.ts';
import { requiredVariable } from '../shared/environment.ts';

const tableName = requiredVariable('AUDITS_TABLE');
const KIND = 'AUDIT';

/** The record of an audit of everything, for those that come after. */
const TrendRecordSchema = object({
  entryId: string(),
  startedAt: string(),
  finishedAt: string(),
  verdicts: record(string(), number()),
  findings: record(string(), number()),
  monthlyMicroDollars: number(),
  reportKey: string(),
});

/** The record of an audit of everything; its `entryId` is the audit's id, which sorts by time. */
export type TrendRecord = InferOutput<typeof TrendRecordSchema>;

/** Reads the last audit of everything before this one; undefined where it is the first. */
export async function auditBefore(auditId: string): Promise<TrendRecord | undefined> {
  const { Items: [item] = [] } = await documents.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'auditKind = :kind AND entryId < :id',
      ExpressionAttributeValues: { ':kind': KIND, ':id': auditId },
      ScanIndexForward: false,
      Limit: 1,
      ConsistentRead: true,
    }),
  );
  return item === undefined ? undefined : parse(TrendRecordSchema, item);
}

/** Keeps an audit; once more does no harm. */
export async function keepTrend(kept: TrendRecord): Promise<void> {
  await documents.send(
    new PutCommand({ TableName: tableName, Item: { auditKind: KIND, ...kept } }),
  );
}
