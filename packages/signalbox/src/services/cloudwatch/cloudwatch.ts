import type {
  GetMetricDataInput,
  GetMetricStatisticsInput,
  ListMetricsInput,
  PutMetricDataInput,
} from '@aws-sdk/client-cloudwatch';
import type { OnBug } from '../../core/bugs/own-promise.ts';
import type { Clock } from '../../core/clock.ts';
import type { OpenJournal } from '../../core/journal.ts';
import type { KeptMaps } from '../../core/kept-maps.ts';
import { DEFAULT_LIMITS, type Limits } from '../../core/limits.ts';
import { actions, type Caller, type Service, type ServiceCall } from '../../core/service.ts';
import { unlessFull } from '../../core/unless-full.ts';
import type { MetricSource } from '../metric-source.ts';
import { alarmActions } from './alarm-service.ts';
import { Alarms } from './alarms/alarms.ts';
import type { CloudWatchEvent } from './alarms/state-change.ts';
import type { Datapoint } from './datapoint.ts';
import { getMetricData } from './get-metric-data.ts';
import { getMetricStatistics } from './get-metric-statistics.ts';
import { listMetrics } from './list-metrics.ts';
import { createMetricReader, HELD_MS } from './metric-reader.ts';
import { MetricStore } from './metric-store.ts';
import { datapointsIn } from './put-metric-data.ts';

/** CloudWatch's clock, Region and account, and the way out of its actions. */
export interface CloudWatchOptions {
  readonly clock: Clock;
  /** The app's own Region, which callers mean who name none. */
  readonly region: string;
  readonly accountId: string;
  /** Calls the topics and functions of alarms' actions. */
  readonly call: ServiceCall;
  readonly onBug: OnBug;
  readonly limits?: Limits;
  /** Opens the journal that keeps the metrics; in memory alone where it is missing. */
  readonly openMetrics?: OpenJournal | undefined;
  /** Keeps alarms; in memory alone unless given. */
  readonly maps?: KeptMaps | undefined;
}

/** Amazon CloudWatch's metrics and alarms in memory. */
export interface CloudWatch {
  readonly service: Service;
  /** Takes datapoints into a Region, such as those that log lines embed. */
  record(datapoints: readonly Datapoint[], region: string): void;
  /** Takes a service's metrics about itself. */
  addSource(source: MetricSource): void;
  /** Evaluates alarms that were just made: on AWS they have been by the time that their stack is there. */
  evaluateNew(): void;
  /** Adds a listener to each alarm's change of state: the default bus of its Region. */
  onEvent(listener: (event: CloudWatchEvent) => void): void;
}

/** Makes CloudWatch: its alarms are evaluated when data arrive, and when somebody asks. */
export function createCloudWatch(options: CloudWatchOptions): CloudWatch {
  const { clock, limits = DEFAULT_LIMITS } = options;
  const store = new MetricStore(limits, options.openMetrics);
  const sources: MetricSource[] = [];
  const reader = createMetricReader(store, sources, () => clock.now().getTime());
  const alarms = new Alarms({ ...options, reader });
  const record = (datapoints: readonly Datapoint[], where: string): void => {
    for (const datapoint of datapoints) alarms.touch(where, store.add(datapoint, where));
  };
  return {
    record(datapoints, where) {
      unlessFull(() => store.keep(datapoints, where));
      record(datapoints, where);
    },
    addSource(source) {
      sources.push(source);
      source.onChange(() => followChange(source, alarms, clock));
    },
    evaluateNew: () => alarms.evaluateNew(),
    onEvent: (listener) => alarms.onEvent(listener),
    service: {
      name: 'monitoring',
      client: '@aws-sdk/client-cloudwatch',
      actions: actions({
        PutMetricData(input: PutMetricDataInput, caller: Caller) {
          const datapoints = datapointsIn(input, clock.now());
          store.keep(datapoints, alarms.regionOf(caller));
          record(datapoints, alarms.regionOf(caller));
          return {};
        },
        ListMetrics: (input: ListMetricsInput, caller: Caller) =>
          listMetrics(reader, alarms.regionOf(caller), input),
        GetMetricStatistics: (input: GetMetricStatisticsInput, caller: Caller) =>
          getMetricStatistics(reader, alarms.regionOf(caller), input),
        GetMetricData: (input: GetMetricDataInput, caller: Caller) =>
          getMetricData(reader, alarms.regionOf(caller), input),
        ...alarmActions(alarms),
      }),
    },
  };
}

/** Looks at once, and again when a source that can't know the future must have stopped if it has. */
function followChange(source: MetricSource, alarms: Alarms, clock: Clock): void {
  const watched = alarms.touchNamespace(source.namespace);
  const nowMs = clock.now().getTime();
  const againMs = nowMs + HELD_MS + 1;
  const isHeld = watched.some(
    ({ metric, region }) =>
      source.datapoints(metric, region, nowMs - HELD_MS, nowMs + 1).length > 0 &&
      source.datapoints(metric, region, nowMs + 1, againMs).length === 0,
  );
  if (isHeld) clock.at(againMs, () => void alarms.touchNamespace(source.namespace));
}
