import { createHash } from 'node:crypto';
import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { JsonObject } from '../../../core/json.ts';
import type { Alarm, AlarmState, MetricAlarm } from './alarm.ts';
import { offsetTime } from './texts.ts';

/** An event that CloudWatch sends to the default bus. */
export interface CloudWatchEvent {
  readonly source: 'aws.cloudwatch';
  readonly detailType: 'CloudWatch Alarm State Change';
  readonly detail: JsonObject;
  readonly resources: readonly string[];
  readonly time: Date;
  /** The Region whose default bus it comes to. */
  readonly region: string;
}

/** Writes the event of a change of state (CloudWatch User Guide, "Alarm events and EventBridge"). */
export function stateChangeEvent(alarm: Alarm, before: AlarmState): CloudWatchEvent {
  return {
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    resources: [alarm.arn],
    time: new Date(alarm.state.updatedMs),
    region: alarm.region,
    detail: stateChangeDetail(alarm, before),
  };
}

/** Writes what changed and how the alarm is configured, for events and for functions alike. */
export function stateChangeDetail(alarm: Alarm, before: AlarmState): JsonObject {
  return {
    alarmName: alarm.name,
    state: stateOf(alarm.state),
    previousState: stateOf(before),
    configuration: configurationOf(alarm),
  };
}

function stateOf({ value, reason, reasonData, updatedMs }: AlarmState): JsonObject {
  return {
    value,
    reason,
    ...(reasonData === undefined ? {} : { reasonData }),
    timestamp: offsetTime(updatedMs),
  };
}

function configurationOf(alarm: Alarm): JsonObject {
  const description = alarm.description === undefined ? {} : { description: alarm.description };
  if (alarm.kind === 'composite') return { alarmRule: alarm.ruleText, ...description };
  return { ...description, metrics: metricsOf(alarm) };
}

function metricsOf({ arn, watched }: MetricAlarm): readonly JsonObject[] {
  if (watched.kind === 'math') return watched.given.map(mathQuery);
  const { metric, statistic, periodMs, unit } = watched.query;
  return [
    {
      id: idOf(arn),
      metricStat: {
        metric: {
          namespace: metric.namespace,
          name: metric.metricName,
          dimensions: { ...metric.dimensions },
        },
        period: periodMs / 1000,
        stat: statistic,
        ...(unit === undefined ? {} : { unit }),
      },
      returnData: true,
    },
  ];
}

function mathQuery({ Id, Label, Expression, MetricStat, ReturnData }: MetricDataQuery): JsonObject {
  const metric = MetricStat?.Metric;
  return {
    id: Id ?? '',
    ...(Label === undefined ? {} : { label: Label }),
    ...(Expression === undefined ? {} : { expression: Expression }),
    ...(MetricStat === undefined
      ? {}
      : {
          metricStat: {
            metric: {
              namespace: metric?.Namespace ?? '',
              name: metric?.MetricName ?? '',
              dimensions: Object.fromEntries(
                (metric?.Dimensions ?? []).map(({ Name, Value }) => [Name ?? '', Value ?? '']),
              ),
            },
            period: MetricStat.Period ?? 0,
            stat: MetricStat.Stat ?? '',
            ...(MetricStat.Unit === undefined ? {} : { unit: MetricStat.Unit }),
          },
        }),
    returnData: ReturnData !== false,
  };
}

/** AWS gives the metric of an alarm an id that looks like a UUID. */
function idOf(arn: string): string {
  const digest = createHash('sha256').update(arn).digest('hex');
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    digest.slice(12, 16),
    digest.slice(16, 20),
    digest.slice(20, 32),
  ].join('-');
}
