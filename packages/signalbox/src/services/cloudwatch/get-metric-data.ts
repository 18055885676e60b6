import type {
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../core/aws-error.ts';
import { nextTurn } from '../../core/next-turn.ts';
import { checkRange, required } from './cloudwatch-errors.ts';
import type { MathValue, Series } from './math/series.ts';
import {
  evaluateQueries,
  type MetricQuery,
  parseQueries,
  type ReadBuckets,
  seriesOf,
} from './metric-queries.ts';
import type { MetricReader } from './metric-reader.ts';
import { roundedStart } from './statistics.ts';

const METRICS_A_TURN = 25;

/**
 * Returns series of statistics and of expressions (CloudWatch API Reference, GetMetricData), all in
 * one page.
 * @throws {AwsError} For what does not fit, and for functions of metric math that are not rehearsed.
 */
export async function getMetricData(
  reader: MetricReader,
  region: string,
  input: GetMetricDataInput,
): Promise<GetMetricDataOutput> {
  const start = required('StartTime', input.StartTime);
  const end = required('EndTime', input.EndTime);
  const queries = parseQueries(
    required('MetricDataQueries', input.MetricDataQueries),
    'MetricDataQueries',
  );
  checkRange(start, end);
  const startMs = roundedStart(start.getTime(), shortestPeriodMs(queries));
  const range = { startMs, endMs: end.getTime() };
  const metrics = await readMetrics(queries, range, (metric, fromMs, toMs) =>
    reader.buckets(metric, region, fromMs, toMs),
  );
  const values = evaluateQueries(queries, range, metrics);
  const isAscending = input.ScanBy === 'TimestampAscending';
  const results = queries
    .filter(({ isReturned }) => isReturned)
    .flatMap((query) => resultsOf(query, values.get(query.id)));
  return {
    MetricDataResults: results.map((result) => (isAscending ? result : newestFirst(result))),
    Messages: [],
  };
}

/** There may be 500 metrics of a day's minutes each: others have their turn in between. */
async function readMetrics(
  queries: readonly MetricQuery[],
  range: { readonly startMs: number; readonly endMs: number },
  read: ReadBuckets,
): Promise<ReadonlyMap<string, Series>> {
  const metrics = new Map<string, Series>();
  for (const query of queries) {
    if (query.kind !== 'metric') continue;
    metrics.set(query.id, seriesOf(query, range, read));
    if (metrics.size % METRICS_A_TURN === 0) await nextTurn();
  }
  return metrics;
}

function shortestPeriodMs(queries: readonly MetricQuery[]): number {
  return Math.min(...queries.map((query) => (query.kind === 'metric' ? query.periodMs : 60_000)));
}

function resultsOf(query: MetricQuery, value: MathValue | undefined): readonly MetricDataResult[] {
  if (value === undefined || value.kind === 'scalar') {
    throw new AwsError(
      'ValidationError',
      `Error in expression '${query.id}': The expression must come to a time series, not to a number`,
    );
  }
  const all = value.kind === 'series' ? [{ ...value.series, label: query.label }] : value.all;
  return all.map(({ label, points }) => ({
    Id: query.id,
    // AWS: each series of an array is named by the expression and by the metric.
    Label: value.kind === 'array' ? `${query.label} ${label}` : label,
    Timestamps: [...points.keys()].map((timeMs) => new Date(timeMs)),
    Values: [...points.values()],
    StatusCode: 'Complete',
  }));
}

function newestFirst(result: MetricDataResult): MetricDataResult {
  return {
    ...result,
    Timestamps: result.Timestamps?.toReversed(),
    Values: result.Values?.toReversed(),
  };
}
