import { boolean, object, string } from 'valibot';
import { CostQuerySchema } from '../cost-query.ts';

/** Pages that one call pays for at most: it ends well before its time-out, and is called again. */
export const MAX_PAGES_PER_CALL = 10;

/** The input from the workflow: one question of a run. */
export const FetchCostsSchema = object({
  reviewId: string(),
  query: CostQuerySchema,
  executionArn: string(),
  refresh: boolean(),
});
