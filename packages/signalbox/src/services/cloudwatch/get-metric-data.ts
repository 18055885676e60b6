import type {
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../core/aws-error.ts';
import { checkRange, required } from './cloudwatch-errors.ts';
import type { MathValue } from './math/series.ts';
import { type MetricQuery, parseQueries, runQueries } from './metric-queries.ts';
import type { MetricReader } from './metric-reader.ts';
import { roundedStart } from './statistics.ts';

/**
 * Returns series of statistics and of expressions (CloudWatch API Reference, GetMetricData), all in
 * one page.
 * @throws {AwsError} For what does not fit, and for functions of metric math that are not rehearsed.
 */
export function getMetricData(
  reader: MetricReader,
  region: string,
  input: GetMetricDataInput,
): GetMetricDataOutput {
  const start = required('StartTime', input.StartTime);
  const end = required('EndTime', input.EndTime);
  const queries = parseQueries(
    required('MetricDataQueries', input.MetricDataQueries),
    'MetricDataQueries',
  );
  checkRange(start, end);
  const startMs = roundedStart(start.getTime(), shortestPeriodMs(queries));
  const values = runQueries(queries, { startMs, endMs: end.getTime() }, (metric, fromMs, toMs) =>
    reader.buckets(metric, region, fromMs, toMs),
  );
  const isAscending = input.ScanBy === 'TimestampAscending';
  const results = queries
    .filter(({ isReturned }) => isReturned)
    .flatMap((query) => resultsOf(query, values.get(query.id)));
  return {
    MetricDataResults: results.map((result) => (isAscending ? result : newestFirst(result))),
    Messages: [],
  };
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
