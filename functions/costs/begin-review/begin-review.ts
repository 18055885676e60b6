import type { PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { type InferOutput, object, string, unknown } from 'valibot';
import type { CostReview } from '../review-plan.ts';
import type { StoredReview } from '../stored-review.ts';

/**
 * The input from the workflow: its own input, and its execution, begun at `startedAt` (ISO 8601).
 */
export const BeginReviewSchema = object({
  request: unknown(),
  executionArn: string(),
  startedAt: string(),
  /** When the execution is over at the latest. */
  leaseExpiresAt: string(),
});

/** The input from the workflow. */
export type BeginReview = InferOutput<typeof BeginReviewSchema>;

/**
 * Claims a review for an execution: where there is none yet, where its own lost answer wrote it, where
 * the other one failed or ran out of time, where the request says `refresh`, and where an estimated
 * month has been settled since.
 */
export function claimPut(
  tableName: string,
  review: CostReview,
  { executionArn, startedAt, leaseExpiresAt }: BeginReview,
): PutCommandInput {
  const item: StoredReview = {
    reviewId: review.reviewId,
    status: 'RUNNING',
    executionArn,
    claimedAt: startedAt,
    leaseExpiresAt,
  };
  const isSettled = review.settledOn <= review.today;
  return {
    TableName: tableName,
    Item: item,
    ConditionExpression: [
      'attribute_not_exists(reviewId)',
      'executionArn = :execution',
      '#status = :failed',
      '(#status = :running AND leaseExpiresAt < :now)',
      ...(review.refresh ? ['#status = :completed'] : []),
      ...(!review.refresh && isSettled
        ? ['(#status = :completed AND isEstimated = :true AND completedAt < :settledOn)']
        : []),
    ].join(' OR '),
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':execution': executionArn,
      ':failed': 'FAILED',
      ':running': 'RUNNING',
      ':now': startedAt,
      ...(review.refresh || isSettled ? { ':completed': 'COMPLETED' } : {}),
      ...(!review.refresh && isSettled ? { ':true': true, ':settledOn': review.settledOn } : {}),
    },
  };
}
