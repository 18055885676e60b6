import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { documents, isConditionRefused, readItem } from '../../shared/dynamodb.ts';
import { requiredNumber, requiredVariable } from '../../shared/environment.ts';
import { logger } from '../../shared/logger.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { type CostReview, planReview, queriesOf } from '../review-plan.ts';
import { readReviewRequest } from '../review-request.ts';
import { StoredReviewSchema } from '../stored-review.ts';
import { type BeginReview, BeginReviewSchema, claimPut } from './begin-review.ts';

const reviewsTable = requiredVariable('COST_REVIEWS_TABLE');
const defaults = {
  meanOf: requiredNumber('COST_MEAN_MONTHS'),
  settledOnDay: requiredNumber('COST_SETTLED_ON_DAY'),
};

/** Plans the review, and claims it for the execution. */
export const handler = taskHandler({
  input: BeginReviewSchema,
  correlationId: ({ executionArn }) => executionArn.split(':').at(-1),
  run: async (begin) => {
    const review = planReview(readReviewRequest(begin.request), begin.startedAt, defaults);
    const outcome = await claim(review, begin);
    logger.info('Cost review begun', { reviewId: review.reviewId, outcome });
    return { outcome, review, queries: queriesOf(review) };
  },
});

/** Claims the review, or says what there is of it. */
async function claim(review: CostReview, begin: BeginReview): Promise<string> {
  try {
    await documents.send(new PutCommand(claimPut(reviewsTable, review, begin)));
    return 'claimed';
  } catch (error) {
    if (!isConditionRefused(error)) throw error;
  }
  const { reviewId } = review;
  const existing = await readItem(reviewsTable, { reviewId }, StoredReviewSchema);
  return existing?.status === 'COMPLETED' ? 'completed' : 'running';
}
