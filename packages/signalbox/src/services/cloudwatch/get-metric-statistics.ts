import type {
  GetMetricStatisticsInput,
  GetMetricStatisticsOutput,
  Datapoint as SdkDatapoint,
} from '@aws-sdk/client-cloudwatch';
import {
  checkPeriod,
  checkRange,
  invalidCombination,
  invalidValue,
  required,
} from './cloudwatch-errors.ts';
import type { MetricReader } from './metric-reader.ts';
import { dimensionsIn } from './put-metric-data.ts';
import { type PeriodStatistics, roundedStart, statisticNamed, statisticsOf } from './statistics.ts';

const MAX_DATAPOINTS = 1440;

/**
 * Sums a metric up by period (CloudWatch API Reference, GetMetricStatistics).
 * @throws {AwsError} When a parameter is missing or does not fit.
 */
export function getMetricStatistics(
  reader: MetricReader,
  region: string,
  input: GetMetricStatisticsInput,
): GetMetricStatisticsOutput {
  const namespace = required('Namespace', input.Namespace);
  const metricName = required('MetricName', input.MetricName);
  const start = required('StartTime', input.StartTime);
  const end = required('EndTime', input.EndTime);
  const period = required('Period', input.Period);
  checkRange(start, end);
  checkPeriod(period);
  checkCount((end.getTime() - start.getTime()) / 1000 / period);
  const names = checkStatistics(input);
  const dimensions = dimensionsIn(input.Dimensions);
  const [startMs, endMs, periodMs] = [start.getTime(), end.getTime(), period * 1000];
  const metric = { namespace, metricName, dimensions };
  const buckets = reader.buckets(metric, region, roundedStart(startMs, periodMs), endMs);
  const periods = statisticsOf(buckets, { startMs, endMs, periodMs, unit: input.Unit });
  return { Label: metricName, Datapoints: periods.map((one) => toDatapoint(one, names)) };
}

interface StatisticNames {
  readonly plain: readonly string[];
  readonly extended: readonly string[];
}

function checkStatistics({
  Statistics,
  ExtendedStatistics,
}: GetMetricStatisticsInput): StatisticNames {
  const plain: readonly string[] = Statistics ?? [];
  const extended = ExtendedStatistics ?? [];
  if (plain.length + extended.length === 0) {
    throw invalidCombination(
      'At least one of the parameters Statistics and ExtendedStatistics must be specified.',
    );
  }
  for (const name of plain) {
    if (name.startsWith('p') || statisticNamed(name) === undefined) {
      throw invalidValue(`The value ${name} for parameter Statistics is invalid.`);
    }
  }
  for (const name of extended) {
    if (!name.startsWith('p') || statisticNamed(name) === undefined) {
      throw invalidValue(
        `ExtendedStatistics ${name} is not rehearsed: use a percentile such as p99`,
      );
    }
  }
  return { plain, extended };
}

function checkCount(count: number): void {
  if (count <= MAX_DATAPOINTS) return;
  throw invalidCombination(
    `You have requested up to ${Math.floor(count).toLocaleString('en-US')} datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
  );
}

function toDatapoint(period: PeriodStatistics, { plain, extended }: StatisticNames): SdkDatapoint {
  const values = (names: readonly string[]) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = statisticNamed(name)?.(period);
        return value === undefined ? [] : [[name, value]];
      }),
    );
  return {
    Timestamp: new Date(period.timestampMs),
    Unit: period.unit,
    ...values(plain),
    ...(extended.length > 0 && { ExtendedStatistics: values(extended) }),
  };
}
