import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { object, parse, string } from 'valibot';
import { documents } from '../../shared/dynamodb.ts';
import { emitMetric } from '../../shared/emit-metric.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { ageDays, LastCompletedSchema, readOrStart } from './measure-review-age.ts';

const reviewsTable = requiredVariable('COST_REVIEWS_TABLE');

/** Measures how old the last completed review is, once a day: an alarm hears of a missing one. */
export const handler = taskHandler({
  // The schedule's own time, ISO 8601.
  input: object({ time: string() }),
  correlationId: ({ time }) => time,
  run: async ({ time }) => {
    const { Attributes } = await documents.send(new UpdateCommand(readOrStart(reviewsTable, time)));
    const days = ageDays(parse(LastCompletedSchema, Attributes).completedAt, time);
    emitMetric('CostReviewAgeDays', MetricUnit.NoUnit, days);
    return { ageDays: days };
  },
});
