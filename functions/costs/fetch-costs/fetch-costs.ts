import { boolean, object, string } from 'valibot';
import { UndatedCostQuerySchema } from '../cost-query.ts';

/** Pages that one call pays for at most: it ends well before its time-out, and is called again. */
export const MAX_PAGES_PER_CALL = 10;

/** The input: one question of a run. The workflow always names its period. */
export const FetchCostsSchema = object({
  reviewId: string(),
  query: UndatedCostQuerySchema,
  executionArn: string(),
  refresh: boolean(),
});
