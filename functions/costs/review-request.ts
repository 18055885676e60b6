import {
  array,
  boolean,
  type InferOutput,
  literal,
  maxLength,
  object,
  optional,
  picklist,
  pipe,
  regex,
  safeParse,
  strictObject,
  string,
  variant,
} from 'valibot';
import { inputProblems, problemsText } from '../shared/problems.ts';
import { COST_METRICS } from './cost-query.ts';
import { InvalidCostReviewRequestError } from './errors.ts';
import { lastCompleteMonth } from './month.ts';

/** The groupings of a review beside services: accounts, Regions, or a cost allocation tag. */
export const GROUPING = /^(account|region|tag:[\w.:/=+@ -]{1,128})$/;

/** The detail of a CostReviewRequested event. */
export const CostReviewRequestedSchema = strictObject({
  version: literal(1),
  /** A month that is over; the last one by default. */
  month: optional(pipe(string(), regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'Is no month: write 2026-10'))),
  costMetric: optional(picklist(COST_METRICS)),
  /** With credits, refunds and tax; without them by default. */
  includeCredits: optional(boolean()),
  groupBy: optional(
    pipe(
      array(pipe(string(), regex(GROUPING, 'Is no grouping: write account, region or tag:key'))),
      maxLength(4, 'Has more than four groupings'),
    ),
  ),
  /** Pays again also for what is kept. */
  refresh: optional(boolean()),
});

/** The detail of a CostReviewRequested event. */
export type CostReviewRequested = InferOutput<typeof CostReviewRequestedSchema>;

const StartSchema = variant('detail-type', [
  object({
    'detail-type': literal('CostReviewRequested'),
    source: literal('signalbox.costs'),
    detail: CostReviewRequestedSchema,
  }),
  // The input from the template's schedule.
  object({
    'detail-type': literal('Scheduled Cost Review'),
    source: literal('signalbox.schedule'),
    /** The time of the schedule, not of the arrival: a late retry is of the same month. */
    time: pipe(string(), regex(/^\d{4}-\d{2}-\d{2}T/, 'Is no time')),
  }),
]);

/**
 * Reads what started the workflow: an event of the bus, or the schedule.
 * @throws {InvalidCostReviewRequestError} When it is neither, with everything wrong.
 */
export function readReviewRequest(input: unknown): CostReviewRequested {
  const parsed = safeParse(StartSchema, input);
  if (!parsed.success) {
    throw new InvalidCostReviewRequestError(
      `Cannot read the request: ${problemsText(inputProblems(parsed.issues))}`,
    );
  }
  const start = parsed.output;
  if ('detail' in start) return start.detail;
  return { version: 1, month: lastCompleteMonth(start.time) };
}
