import {
  array,
  boolean,
  type InferOutput,
  literal,
  object,
  record,
  string,
  variant,
} from 'valibot';

/*
 * A response of Cost Explorer, as the cache keeps it. Amounts stay the text that they came as.
 */

const GroupSchema = object({
  /** Empty for the total of a query that groups by nothing. */
  keys: array(string()),
  currency: string(),
  amount: string(),
});

const PeriodSchema = object({
  /** First day, and the day after the last. */
  start: string(),
  end: string(),
  isEstimated: boolean(),
  groups: array(GroupSchema),
});

/** A part of a whole in a period, such as hours used of those reserved. */
const ShareSchema = object({ start: string(), end: string(), part: string(), whole: string() });

export const CostAnswerSchema = variant('kind', [
  object({
    kind: literal('costs'),
    periods: array(PeriodSchema),
    /** Names by key, such as those of accounts. */
    labels: record(string(), string()),
  }),
  object({ kind: literal('forecast'), amount: string(), currency: string() }),
  object({ kind: literal('shares'), shares: array(ShareSchema) }),
  object({ kind: literal('unavailable'), reason: string() }),
]);

/** One answer of Cost Explorer, or all pages of one made into one. */
export type CostAnswer = InferOutput<typeof CostAnswerSchema>;

/** The costs of a period, by group. */
export type PeriodCosts = InferOutput<typeof PeriodSchema>;

/** The costs of a group in a period. */
export type GroupCost = InferOutput<typeof GroupSchema>;

/** A part of a whole in a period. */
export type Share = InferOutput<typeof ShareSchema>;
