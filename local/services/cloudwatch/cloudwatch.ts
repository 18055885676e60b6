import type {
  GetMetricDataInput,
  GetMetricStatisticsInput,
  ListMetricsInput,
  PutMetricDataInput,
} from '@aws-sdk/client-cloudwatch';
import type { Clock } from '../../clock.ts';
import type { Service } from '../../service.ts';
import type { Datapoint } from './datapoint.ts';
import { getMetricData } from './get-metric-data.ts';
import { getMetricStatistics } from './get-metric-statistics.ts';
import { listMetrics } from './list-metrics.ts';
import { MetricStore } from './metric-store.ts';
import { datapointsIn } from './put-metric-data.ts';

/** Amazon CloudWatch's metrics in memory. */
export interface CloudWatch {
  readonly service: Service;
  /** Takes datapoints in, such as those that log lines embed or that other services count. */
  record(datapoints: readonly Datapoint[]): void;
}

/** Makes CloudWatch's metrics. */
export function createCloudWatch({ clock }: { readonly clock: Clock }): CloudWatch {
  const store = new MetricStore();
  const record = (datapoints: readonly Datapoint[]) => {
    for (const datapoint of datapoints) store.add(datapoint);
  };
  return {
    record,
    service: {
      name: 'monitoring',
      client: '@aws-sdk/client-cloudwatch',
      actions: {
        PutMetricData(input: PutMetricDataInput) {
          record(datapointsIn(input, clock.now()));
          return {};
        },
        ListMetrics: (input: ListMetricsInput) => listMetrics(store, input),
        GetMetricStatistics: (input: GetMetricStatisticsInput) => getMetricStatistics(store, input),
        GetMetricData: (input: GetMetricDataInput) => getMetricData(store, input),
      },
    },
  };
}
