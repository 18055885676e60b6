import type { PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { object, optional, safeParse, string } from 'valibot';

/** As long as a change takes to be seen by every reader, and by an audit that begins after it. */
const SEEN_AFTER_MS = 60_000;

const TrailTimeSchema = object({
  account: string(),
  detail: object({
    eventTime: optional(string()),
    requestParameters: object({ bucketName: string() }),
  }),
});

/** A change of a bucket that CloudTrail tells of. */
export interface BucketChange {
  /** `accountId/bucket`. */
  readonly key: string;
  readonly changedAtMs: number;
}

/** Reads which bucket changed, and when; undefined where the event is of something else. */
export function changeOf(event: unknown): BucketChange | undefined {
  const parsed = safeParse(TrailTimeSchema, event);
  if (!parsed.success) return undefined;
  const { account, detail } = parsed.output;
  const changedAtMs = Date.parse(detail.eventTime ?? '');
  if (Number.isNaN(changedAtMs)) return undefined;
  return { key: `${account}/${detail.requestParameters.bucketName}`, changedAtMs };
}

/**
 * Claims the audit that a change asks for. It is refused where another audit of the bucket began long
 * enough after the change to have seen it: of a burst of changes one audit is left.
 * @param now When this audit looks, ISO 8601.
 */
export function changeClaim(
  tableName: string,
  { key, changedAtMs }: BucketChange,
  { executionArn, now }: { readonly executionArn: string; readonly now: string },
): PutCommandInput {
  return {
    TableName: tableName,
    Item: {
      auditKind: 'changed-bucket',
      entryId: key,
      auditedFrom: new Date(now).toISOString(),
      executionArn,
    },
    ConditionExpression:
      'attribute_not_exists(entryId) OR auditedFrom < :seen OR executionArn = :me',
    ExpressionAttributeValues: {
      ':seen': new Date(changedAtMs + SEEN_AFTER_MS).toISOString(),
      ':me': executionArn,
    },
  };
}
