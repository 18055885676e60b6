import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import {
  array,
  boolean,
  type InferOutput,
  nullable,
  number,
  object,
  picklist,
  string,
} from 'valibot';
import { COST_METRICS } from '../cost-query.ts';
import { metricValue, parseMoney } from '../money.ts';
import { SEVERITIES } from '../report/finding.ts';
import { LAST_REVIEW_ID } from '../stored-review.ts';

/** A report's summary, as build-report returns it. */
const SummarySchema = object({
  headline: string(),
  month: string(),
  metric: picklist(COST_METRICS),
  isEstimated: boolean(),
  currency: string(),
  total: string(),
  previous: nullable(string()),
  delta: nullable(string()),
  percent: nullable(string()),
  forecast: nullable(string()),
  budget: nullable(string()),
  breaches: number(),
  findings: array(object({ code: string(), severity: picklist(SEVERITIES), sentence: string() })),
  missing: array(string()),
  reportKey: string(),
});

/** The input from the workflow. */
export const CompleteReviewSchema = object({
  reviewId: string(),
  executionArn: string(),
  completedAt: string(),
  summary: SummarySchema,
});

/** The input from the workflow. */
export type CompleteReview = InferOutput<typeof CompleteReviewSchema>;

/** Turns the execution's review to COMPLETED; its own lost answer may have done so. */
export function completeUpdate(tableName: string, complete: CompleteReview): UpdateCommandInput {
  const { reviewId, executionArn, completedAt, summary } = complete;
  return {
    TableName: tableName,
    Key: { reviewId },
    UpdateExpression:
      'SET #status = :completed, completedAt = :now, isEstimated = :estimated, reportKey = :key',
    ConditionExpression: 'executionArn = :execution',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':completed': 'COMPLETED',
      ':now': completedAt,
      ':estimated': summary.isEstimated,
      ':key': summary.reportKey,
      ':execution': executionArn,
    },
    ReturnValues: 'ALL_OLD',
  };
}

/** Notes when a review was last completed. */
export function lastCompletedUpdate(tableName: string, completedAt: string): UpdateCommandInput {
  return {
    TableName: tableName,
    Key: { reviewId: LAST_REVIEW_ID },
    UpdateExpression: 'SET completedAt = :now',
    ExpressionAttributeValues: { ':now': completedAt },
  };
}

/** A metric's name, its unit and its value. */
export type Measured = readonly [string, 'Count' | 'NoUnit', number];

/** The metrics of a completed review; amounts are in the currency of the dimension Currency. */
export function measured({ summary }: Pick<CompleteReview, 'summary'>): readonly Measured[] {
  const { total, delta, forecast, budget, breaches } = summary;
  const over =
    forecast === null || budget === null ? undefined : parseMoney(forecast) - parseMoney(budget);
  return [
    ['CostReviewsCompleted', 'Count', 1],
    ['CostThresholdsBreached', 'Count', breaches],
    ['MonthlyCost', 'NoUnit', metricValue(parseMoney(total))],
    ...(delta === null
      ? []
      : [['MonthlyCostDelta', 'NoUnit', metricValue(parseMoney(delta))] as const]),
    ...(over === undefined
      ? []
      : [['ForecastOverBudget', 'NoUnit', over > 0n ? metricValue(over) : 0] as const]),
  ];
}
