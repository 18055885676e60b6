import type { Dimension, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { Json, JsonObject } from '../../../core/json.ts';
import { ownMember } from '../../../core/names/own-member.ts';
import { percentOf } from '../statistics.ts';
import type { Alarm, AlarmState, MetricAlarm } from './alarm.ts';
import { periodMsOf } from './alarm.ts';
import { offsetTime, regionName } from './texts.ts';

/** AWS names statistics so in its messages. */
const STATISTICS: Readonly<Record<string, string>> = {
  Average: 'AVERAGE',
  Maximum: 'MAXIMUM',
  Minimum: 'MINIMUM',
  SampleCount: 'SAMPLE_COUNT',
  Sum: 'SUM',
};

/** A child alarm that changed a composite alarm. */
export interface TriggeringChild {
  readonly arn: string;
  readonly state: AlarmState;
}

/** Writes the subject under which an alarm is announced. */
export function alarmSubject({ name, region, state }: Alarm): string {
  return `${state.value}: "${name}" in ${regionName(region)}`;
}

/** Writes the message that CloudWatch publishes to a topic (CloudWatch User Guide, "Notifying users on alarm changes"). */
export function alarmMessage(
  alarm: Alarm,
  before: AlarmState,
  {
    accountId,
    children,
  }: {
    readonly accountId: string;
    readonly children: readonly TriggeringChild[];
  },
): JsonObject {
  const { state } = alarm;
  return {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description ?? null,
    AWSAccountId: accountId,
    ...(alarm.kind === 'metric'
      ? { AlarmConfigurationUpdatedTimestamp: offsetTime(alarm.updatedMs) }
      : {}),
    NewStateValue: state.value,
    NewStateReason: state.reason,
    StateChangeTime: offsetTime(state.updatedMs),
    Region: regionName(alarm.region),
    AlarmArn: alarm.arn,
    OldStateValue: before.value,
    OKActions: alarm.okActions,
    AlarmActions: alarm.alarmActions,
    InsufficientDataActions: alarm.insufficientDataActions,
    ...(alarm.kind === 'metric'
      ? { Trigger: triggerOf(alarm) }
      : { AlarmRule: alarm.ruleText, TriggeringChildren: children.map(childOf) }),
  };
}

function childOf({ arn, state }: TriggeringChild): JsonObject {
  return { Arn: arn, State: { Value: state.value, Timestamp: offsetTime(state.updatedMs) } };
}

function triggerOf(alarm: MetricAlarm): JsonObject {
  const { watched, conditions } = alarm;
  return {
    ...(watched.kind === 'metric' ? metricOf(alarm) : {}),
    Period: periodMsOf(alarm) / 1000,
    EvaluationPeriods: conditions.evaluationPeriods,
    ...(conditions.datapointsToAlarm === undefined
      ? {}
      : { DatapointsToAlarm: conditions.datapointsToAlarm }),
    ComparisonOperator: conditions.comparison,
    Threshold: conditions.threshold,
    TreatMissingData: conditions.treatMissingData ?? 'missing',
    EvaluateLowSampleCountPercentile: conditions.lowSamples ?? '',
    ...(watched.kind === 'math' ? { Metrics: watched.given.map(queryOf) } : {}),
  };
}

function metricOf({ watched }: MetricAlarm): JsonObject {
  if (watched.kind === 'math') return {};
  const { metric, statistic, unit } = watched.query;
  return {
    MetricName: metric.metricName,
    Namespace: metric.namespace,
    ...(percentOf(statistic) === undefined
      ? { StatisticType: 'Statistic', Statistic: ownMember(STATISTICS, statistic) ?? statistic }
      : { StatisticType: 'ExtendedStatistic', ExtendedStatistic: statistic }),
    Unit: unit ?? null,
    Dimensions: watched.dimensionNames.map((name) => ({
      value: ownMember(metric.dimensions, name) ?? '',
      name,
    })),
  };
}

function queryOf({ Id, Label, Expression, MetricStat, ReturnData }: MetricDataQuery): Json {
  return {
    ...(Expression === undefined ? {} : { Expression }),
    Id: Id ?? '',
    ...(Label === undefined ? {} : { Label }),
    ...(MetricStat === undefined
      ? {}
      : {
          MetricStat: {
            Metric: {
              Dimensions: (MetricStat.Metric?.Dimensions ?? []).map(dimensionOf),
              MetricName: MetricStat.Metric?.MetricName ?? '',
              Namespace: MetricStat.Metric?.Namespace ?? '',
            },
            Period: MetricStat.Period ?? 0,
            Stat: MetricStat.Stat ?? '',
            ...(MetricStat.Unit === undefined ? {} : { Unit: MetricStat.Unit }),
          },
        }),
    ReturnData: ReturnData !== false,
  };
}

function dimensionOf({ Name, Value }: Dimension): JsonObject {
  return { value: Value ?? '', name: Name ?? '' };
}
