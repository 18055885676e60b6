import type {
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDataQuery,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../aws-error.ts';
import { checkPeriod, checkRange, invalidValue, required } from './cloudwatch-errors.ts';
import type { MetricStore } from './metric-store.ts';
import { dimensionsIn } from './put-metric-data.ts';
import { statisticNamed, statisticsOf } from './statistics.ts';

const MAX_QUERIES = 500;

/**
 * Answers series of statistics (CloudWatch API Reference, GetMetricData), all in one page.
 * @throws {AwsError} For what does not fit, and for expressions, which are not rehearsed.
 */
export function getMetricData(store: MetricStore, input: GetMetricDataInput): GetMetricDataOutput {
  const start = required('StartTime', input.StartTime);
  const end = required('EndTime', input.EndTime);
  const queries = required('MetricDataQueries', input.MetricDataQueries);
  checkRange(start, end);
  checkQueries(queries);
  const series = queries.map((query, position) => {
    const place = `MetricDataQueries.member.${position + 1}`;
    return { query, result: seriesOf(store, query, place, { start, end }) };
  });
  const isAscending = input.ScanBy === 'TimestampAscending';
  return {
    MetricDataResults: series
      .filter(({ query }) => query.ReturnData !== false)
      .map(({ result }) => (isAscending ? result : newestFirst(result))),
    Messages: [],
  };
}

function checkQueries(queries: readonly MetricDataQuery[]): void {
  if (queries.length > MAX_QUERIES) {
    throw invalidValue(
      `The collection MetricDataQueries must not have a size greater than ${MAX_QUERIES}.`,
    );
  }
  const ids = queries.map(({ Id }, position) =>
    required(`MetricDataQueries.member.${position + 1}.Id`, Id),
  );
  for (const id of ids) {
    if (!/^[a-z]\w{0,254}$/.test(id)) {
      throw validation(
        `The value ${id} for parameter MetricDataQueries.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
      );
    }
  }
  if (new Set(ids).size !== ids.length) {
    throw validation('The values for parameter id in MetricDataQueries are not unique.');
  }
}

function validation(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

function seriesOf(
  store: MetricStore,
  query: MetricDataQuery,
  place: string,
  { start, end }: { readonly start: Date; readonly end: Date },
): MetricDataResult {
  if (query.Expression !== undefined) {
    throw validation(
      `Expression is not rehearsed: "${query.Expression}" in ${place}; use MetricStat`,
    );
  }
  const { Metric, Period, Stat, Unit } = required(`${place}.MetricStat`, query.MetricStat);
  const { Namespace, MetricName, Dimensions } = required(`${place}.MetricStat.Metric`, Metric);
  const period = required(`${place}.MetricStat.Period`, Period);
  checkPeriod(period);
  const statistic = statisticNamed(required(`${place}.MetricStat.Stat`, Stat));
  if (statistic === undefined) {
    throw validation(`The value ${Stat} for parameter ${place}.MetricStat.Stat is not rehearsed.`);
  }
  const metricName = required(`${place}.MetricStat.Metric.MetricName`, MetricName);
  const metric = store.find({
    namespace: required(`${place}.MetricStat.Metric.Namespace`, Namespace),
    metricName,
    dimensions: dimensionsIn(Dimensions),
  });
  const points = statisticsOf(metric?.datapoints ?? [], {
    startMs: start.getTime(),
    endMs: end.getTime(),
    periodMs: period * 1000,
    unit: Unit,
  }).flatMap((one) => {
    const value = statistic(one);
    return value === undefined ? [] : [{ at: new Date(one.timestampMs), value }];
  });
  return {
    Id: query.Id,
    Label: query.Label ?? metricName,
    Timestamps: points.map(({ at }) => at),
    Values: points.map(({ value }) => value),
    StatusCode: 'Complete',
  };
}

function newestFirst(result: MetricDataResult): MetricDataResult {
  return {
    ...result,
    Timestamps: result.Timestamps?.toReversed(),
    Values: result.Values?.toReversed(),
  };
}
