import {
  type CloudWatchClient,
  type Datapoint,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
} from '@aws-sdk/client-cloudwatch';

/** The age up to which a datapoint says anything of the present. */
const WINDOW_MS = 5 * 60_000;

/** Which series to read: the metric's name and the one dimension that is known. */
export interface Series {
  readonly namespace: string;
  readonly metric: string;
  readonly dimension: string;
  readonly value: string;
}

/**
 * Reads the newest value of the last five minutes, the highest where several series fit; undefined
 * where there is none. Some metrics of RDS carry dimensions that depend on the peer (such as
 * `SourceRegion`), so the series are looked up by the one that is known.
 */
export async function latestDatapoint(
  client: CloudWatchClient,
  { namespace, metric, dimension, value }: Series,
  now: Date,
): Promise<number | undefined> {
  const { Metrics: metrics = [] } = await client.send(
    new ListMetricsCommand({
      Namespace: namespace,
      MetricName: metric,
      Dimensions: [{ Name: dimension, Value: value }],
    }),
  );
  const values = await Promise.all(
    metrics.slice(0, 5).map(async ({ Dimensions }) => {
      const { Datapoints: datapoints = [] } = await client.send(
        new GetMetricStatisticsCommand({
          Namespace: namespace,
          MetricName: metric,
          Dimensions,
          StartTime: new Date(now.getTime() - WINDOW_MS),
          EndTime: new Date(now.getTime() + 60_000),
          Period: 60,
          Statistics: ['Maximum'],
        }),
      );
      return newest(datapoints);
    }),
  );
  const known = values.filter((one) => one !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

function newest(datapoints: readonly Datapoint[]): number | undefined {
  return datapoints.toSorted(
    (a, b) => (b.Timestamp?.getTime() ?? 0) - (a.Timestamp?.getTime() ?? 0),
  )[0]?.Maximum;
}
