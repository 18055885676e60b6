import type {
  CompositeAlarm as SdkCompositeAlarm,
  MetricAlarm as SdkMetricAlarm,
  StandardUnit,
  Statistic,
} from '@aws-sdk/client-cloudwatch';
import { isStandardUnit } from '../standard-unit.ts';
import { percentOf } from '../statistics.ts';
import type { Alarm, CompositeAlarm, MetricAlarm } from './alarm.ts';

const STATISTICS: readonly Statistic[] = ['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'];

/** Writes a metric alarm as DescribeAlarms returns it. */
export function describeMetricAlarm(alarm: MetricAlarm): SdkMetricAlarm {
  const { conditions, watched } = alarm;
  return {
    ...common(alarm),
    ...(watched.kind === 'math' ? { Metrics: [...watched.given] } : describeMetric(watched)),
    EvaluationPeriods: conditions.evaluationPeriods,
    DatapointsToAlarm: conditions.datapointsToAlarm,
    Threshold: conditions.threshold,
    ComparisonOperator: conditions.comparison,
    TreatMissingData: conditions.treatMissingData,
    EvaluateLowSampleCountPercentile: conditions.lowSamples,
  };
}

/** Writes a composite alarm as DescribeAlarms returns it. */
export function describeCompositeAlarm(alarm: CompositeAlarm): SdkCompositeAlarm {
  return { ...common(alarm), AlarmRule: alarm.ruleText };
}

function common(alarm: Alarm) {
  const { state } = alarm;
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmDescription: alarm.description,
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.updatedMs),
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: [...alarm.okActions],
    AlarmActions: [...alarm.alarmActions],
    InsufficientDataActions: [...alarm.insufficientDataActions],
    StateValue: state.value,
    StateReason: state.reason,
    StateReasonData: state.reasonData,
    StateUpdatedTimestamp: new Date(state.updatedMs),
    StateTransitionedTimestamp: new Date(state.updatedMs),
  };
}

function describeMetric({
  query,
  dimensionNames,
}: Extract<MetricAlarm['watched'], { readonly kind: 'metric' }>): SdkMetricAlarm {
  const { metric, statistic, periodMs, unit } = query;
  const named = STATISTICS.find((known) => known === statistic);
  const standard: StandardUnit | undefined = isStandardUnit(unit) ? unit : undefined;
  return {
    Namespace: metric.namespace,
    MetricName: metric.metricName,
    Dimensions: dimensionNames.map((Name) => ({ Name, Value: metric.dimensions[Name] })),
    Period: periodMs / 1000,
    Unit: standard,
    Statistic: named,
    ExtendedStatistic: percentOf(statistic) === undefined ? undefined : statistic,
  };
}
