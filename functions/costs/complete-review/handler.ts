import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { parse } from 'valibot';
import { documents, isConditionRefused } from '../../shared/dynamodb.ts';
import { emitMetric } from '../../shared/emit-metric.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { ReviewTakenOverError } from '../errors.ts';
import { type StoredReview, StoredReviewSchema } from '../stored-review.ts';
import {
  type CompleteReview,
  CompleteReviewSchema,
  completeUpdate,
  lastCompletedUpdate,
  measured,
} from './complete-review.ts';

const reviewsTable = requiredVariable('COST_REVIEWS_TABLE');

/** Completes the review, and measures it once. */
export const handler = taskHandler({
  input: CompleteReviewSchema,
  correlationId: ({ reviewId }) => reviewId,
  run: async (complete) => {
    const before = await markCompleted(complete);
    await documents.send(
      new UpdateCommand(lastCompletedUpdate(reviewsTable, complete.completedAt)),
    );
    const isNew = before.status !== 'COMPLETED';
    if (isNew) {
      const by = { Currency: complete.summary.currency };
      for (const [name, unit, value] of measured(complete)) {
        emitMetric(name, MetricUnit[unit], value, unit === 'NoUnit' ? by : undefined);
      }
    }
    return { completed: isNew };
  },
});

async function markCompleted(complete: CompleteReview): Promise<StoredReview> {
  try {
    const update = new UpdateCommand(completeUpdate(reviewsTable, complete));
    return parse(StoredReviewSchema, (await documents.send(update)).Attributes);
  } catch (error) {
    if (!isConditionRefused(error)) throw error;
    throw new ReviewTakenOverError(`Another execution has the review ${complete.reviewId}`);
  }
}
