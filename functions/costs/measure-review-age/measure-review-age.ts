import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { object, string } from 'valibot';
import { LAST_REVIEW_ID } from '../stored-review.ts';

const DAY_MS = 86_400_000;

/** When a review was last completed, ISO 8601. */
export const LastCompletedSchema = object({ completedAt: string() });

/** Reads when a review was last completed; before the first one, the age counts from the first measure. */
export function readOrStart(tableName: string, now: string): UpdateCommandInput {
  return {
    TableName: tableName,
    Key: { reviewId: LAST_REVIEW_ID },
    UpdateExpression: 'SET completedAt = if_not_exists(completedAt, :now)',
    ExpressionAttributeValues: { ':now': now },
    ReturnValues: 'ALL_NEW',
  };
}

/** Days from one moment to another, at least 0. */
export function ageDays(completedAt: string, now: string): number {
  return Math.max(0, (Date.parse(now) - Date.parse(completedAt)) / DAY_MS);
}
