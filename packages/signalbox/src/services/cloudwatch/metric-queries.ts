import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../core/aws-error.ts';
import type { MetricIdentity } from '../metric-source.ts';
import { checkPeriod, invalidValue, required } from './cloudwatch-errors.ts';
import { evaluateExpression, type MathScope } from './math/evaluate-expression.ts';
import { type Expression, idsIn, MathFailure } from './math/expression.ts';
import { parseExpression } from './math/parse-expression.ts';
import { collect, type MathValue, one, type Series } from './math/series.ts';
import type { MetricBucket } from './metric-store.ts';
import { dimensionsIn } from './put-metric-data.ts';
import { statisticNamed, statisticsIn } from './statistics.ts';

const MAX_QUERIES = 500;
const MINUTE_MS = 60_000;

/** A query of GetMetricData or of an alarm, checked. */
export type MetricQuery = { readonly id: string; readonly isReturned: boolean } & (
  | MetricStatQuery
  | ExpressionQuery
);

/** A statistic of one metric. */
export interface MetricStatQuery {
  readonly kind: 'metric';
  readonly label: string;
  readonly metric: MetricIdentity;
  /** Such as `Sum` or `p99`. */
  readonly statistic: string;
  readonly periodMs: number;
  readonly unit: string | undefined;
}

/** An expression over other queries. */
export interface ExpressionQuery {
  readonly kind: 'expression';
  readonly label: string;
  readonly text: string;
  readonly expression: Expression;
}

/** Reads a metric's buckets of a time, in Unix milliseconds. */
export type ReadBuckets = (
  metric: MetricIdentity,
  startMs: number,
  endMs: number,
) => readonly MetricBucket[];

/**
 * Checks queries (CloudWatch API Reference, MetricDataQuery).
 * @throws {AwsError} For what does not fit, and for functions of metric math that are not rehearsed.
 */
export function parseQueries(
  queries: readonly MetricDataQuery[],
  collection: string,
): readonly MetricQuery[] {
  if (queries.length > MAX_QUERIES) {
    throw invalidValue(
      `The collection ${collection} must not have a size greater than ${MAX_QUERIES}.`,
    );
  }
  const parsed = queries.map((query, index) =>
    parseQuery(query, `${collection}.member.${index + 1}`, collection),
  );
  checkIds(parsed, collection);
  return parsed;
}

/**
 * Runs queries over a time that starts with a period.
 * @throws {AwsError} `ValidationError` for an expression that can't be evaluated.
 */
export function runQueries(
  queries: readonly MetricQuery[],
  range: TimeRange,
  read: ReadBuckets,
): ReadonlyMap<string, MathValue> {
  const metrics = queries.flatMap((query) =>
    query.kind === 'metric' ? [[query.id, seriesOf(query, range, read)] as const] : [],
  );
  return evaluateQueries(queries, range, new Map(metrics));
}

/** The time that queries are run over. */
interface TimeRange {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Evaluates queries whose metrics were read, by their ids.
 * @throws {AwsError} `ValidationError` for an expression that can't be evaluated.
 */
export function evaluateQueries(
  queries: readonly MetricQuery[],
  range: TimeRange,
  metrics: ReadonlyMap<string, Series>,
): ReadonlyMap<string, MathValue> {
  const byId = new Map(queries.map((query) => [query.id, query]));
  const values = new Map<string, MathValue>();
  const periodMs = Math.min(...[...metrics.values()].map((series) => series.periodMs));
  const scope: MathScope = {
    range: { ...range, periodMs: Number.isFinite(periodMs) ? periodMs : MINUTE_MS },
    metrics,
    valueOf(id) {
      const value = values.get(id) ?? found(id);
      values.set(id, value);
      return value;
    },
  };

  function found(id: string): MathValue {
    const series = metrics.get(id);
    if (series !== undefined) return one(series);
    const query = byId.get(id);
    if (query?.kind === 'expression') return evaluateExpression(query.expression, scope);
    throw new MathFailure(`No metric or expression has the id ${id}`);
  }

  for (const { id } of queries) inExpression(id, () => scope.valueOf(id));
  return values;
}

function parseQuery(query: MetricDataQuery, place: string, collection: string): MetricQuery {
  const id = required(`${place}.Id`, query.Id);
  if (!/^[a-z]\w{0,254}$/.test(id)) {
    throw validation(
      `The value ${id} for parameter ${collection}.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
    );
  }
  const isReturned = query.ReturnData !== false;
  if (query.AccountId !== undefined) {
    throw validation(`${place}.AccountId is not rehearsed: there is one account`);
  }
  if (query.Expression === undefined) return { id, isReturned, ...parseStat(query, place) };
  if (query.MetricStat !== undefined) {
    throw validation(`${place} must have either MetricStat or Expression, not both.`);
  }
  const text = query.Expression;
  const expression = inExpression(id, () => parseExpression(text));
  return { id, isReturned, label: query.Label ?? id, kind: 'expression', text, expression };
}

function parseStat(query: MetricDataQuery, place: string): MetricStatQuery {
  const { Metric, Period, Stat, Unit } = required(`${place}.MetricStat`, query.MetricStat);
  const { Namespace, MetricName, Dimensions } = required(`${place}.MetricStat.Metric`, Metric);
  const period = required(`${place}.MetricStat.Period`, Period);
  checkPeriod(period);
  const statistic = required(`${place}.MetricStat.Stat`, Stat);
  if (statisticNamed(statistic) === undefined) {
    throw validation(`The value ${Stat} for parameter ${place}.MetricStat.Stat is not rehearsed.`);
  }
  const metricName = required(`${place}.MetricStat.Metric.MetricName`, MetricName);
  return {
    kind: 'metric',
    label: query.Label ?? metricName,
    metric: {
      namespace: required(`${place}.MetricStat.Metric.Namespace`, Namespace),
      metricName,
      dimensions: dimensionsIn(Dimensions),
    },
    statistic,
    periodMs: period * 1000,
    unit: Unit,
  };
}

function checkIds(queries: readonly MetricQuery[], collection: string): void {
  const byId = new Map(queries.map((query) => [query.id, query]));
  if (byId.size !== queries.length) {
    throw validation(`The values for parameter id in ${collection} are not unique.`);
  }
  const check = (query: MetricQuery, path: readonly string[]): void => {
    if (query.kind === 'metric') return;
    for (const id of idsIn(query.expression)) {
      const named = byId.get(id);
      if (named === undefined || path.includes(id)) {
        const problem = named === undefined ? `Unknown id ${id}` : `Circular reference to ${id}`;
        throw validation(`Error in expression '${query.id}': ${problem}`);
      }
      check(named, [...path, id]);
    }
  };
  for (const query of queries) check(query, [query.id]);
}

/** Reads a metric in periods; those without datapoints are left out. */
export function seriesOf(
  { metric, label, statistic, periodMs, unit }: MetricStatQuery,
  range: TimeRange,
  read: ReadBuckets,
): Series {
  const pick = statisticNamed(statistic);
  const buckets = read(metric, range.startMs, range.endMs);
  const points = collect(periodsOf(buckets, range, periodMs), (timeMs) => {
    const endMs = Math.min(timeMs + periodMs, range.endMs);
    const period = statisticsIn(buckets, timeMs, endMs, unit);
    return period && pick?.(period);
  });
  return { label, periodMs, points };
}

/** The starts of the periods that have datapoints, oldest first as these are. */
function periodsOf(
  buckets: readonly MetricBucket[],
  { startMs, endMs }: TimeRange,
  periodMs: number,
): ReadonlySet<number> {
  const within = buckets.filter(({ timestampMs }) => timestampMs >= startMs && timestampMs < endMs);
  return new Set(
    within.map(
      ({ timestampMs }) => startMs + Math.floor((timestampMs - startMs) / periodMs) * periodMs,
    ),
  );
}

/** Names the wrong expression to an SDK's user. @throws {AwsError} `ValidationError`. */
function inExpression<T>(id: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof MathFailure)) throw error;
    throw validation(`Error in expression '${id}': ${error.message}`);
  }
}

function validation(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
