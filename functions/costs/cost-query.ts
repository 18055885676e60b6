import {
  array,
  boolean,
  type InferOutput,
  maxLength,
  object,
  optional,
  picklist,
  pipe,
  regex,
  string,
} from 'valibot';
import { addMonths, firstDay, monthOf } from './month.ts';

/** The cost metrics of Cost Explorer that a review may be made of. */
export const COST_METRICS = [
  'UnblendedCost',
  'BlendedCost',
  'AmortizedCost',
  'NetUnblendedCost',
  'NetAmortizedCost',
] as const;

export type CostMetric = (typeof COST_METRICS)[number];

/** Record types that a review leaves out unless the request includes them. */
export const ADJUSTMENTS = ['Credit', 'Refund', 'Tax'] as const;

const DateSchema = pipe(string(), regex(/^\d{4}-\d{2}-\d{2}$/, 'Is no date'));

/** One question to Cost Explorer. */
export const CostQuerySchema = object({
  /** The name in the report, such as `by-service`. */
  name: pipe(string(), maxLength(80)),
  kind: picklist([
    'costs',
    'forecast',
    'reservation-coverage',
    'reservation-utilization',
    'savings-plans-coverage',
    'savings-plans-utilization',
  ]),
  /** First day; `end` is the day after the last, as Cost Explorer takes it. */
  start: DateSchema,
  end: DateSchema,
  metric: picklist(COST_METRICS),
  /** `SERVICE` and other dimensions, or `tag:team`; two at most. */
  groupBy: pipe(array(string()), maxLength(2)),
  /** Record types left out. */
  excludes: array(string()),
  /** Services asked about; none for all. */
  services: array(string()),
  /** Without its answer there is no report. */
  isRequired: boolean(),
});

/** One question to Cost Explorer. */
export type CostQuery = InferOutput<typeof CostQuerySchema>;

/** One question whose period may be left out: an input that is written once is right on any day. */
export const UndatedCostQuerySchema = object({
  ...CostQuerySchema.entries,
  start: optional(DateSchema),
  end: optional(DateSchema),
});

/** Months before the last whole one in the period of a question that names none. */
const DEFAULT_HISTORY_MONTHS = 6;

/** Gives a question without a period the last month that is over at `now` (ISO 8601) and the six before. */
export function withPeriod(
  query: InferOutput<typeof UndatedCostQuerySchema>,
  now: string,
): CostQuery {
  const thisMonth = monthOf(now);
  const {
    start = firstDay(addMonths(thisMonth, -1 - DEFAULT_HISTORY_MONTHS)),
    end = firstDay(thisMonth),
  } = query;
  return { ...query, start, end };
}

/** The content of a question without its period and name: the cache's key of its responses. */
export function questionOf(query: CostQuery): object {
  const { kind, metric, groupBy, excludes, services } = query;
  return { kind, metric, groupBy, excludes: [...excludes].sort(), services: [...services].sort() };
}

/** Returns whether a question is about whole months. */
export function asksWholeMonths({ kind, start, end }: CostQuery): boolean {
  return kind === 'costs' && start.endsWith('-01') && end.endsWith('-01');
}
