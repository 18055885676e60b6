import type { ComparisonOperator, MetricDataQuery, StateValue } from '@aws-sdk/client-cloudwatch';
import type { MetricQuery, MetricStatQuery } from '../metric-queries.ts';
import type { AlarmRule } from './alarm-rule.ts';

/** An alarm of one Region. */
export type Alarm = MetricAlarm | CompositeAlarm;

/** The members that both kinds of alarms have. */
interface AlarmBase {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly description: string | undefined;
  readonly actionsEnabled: boolean;
  readonly okActions: readonly string[];
  readonly alarmActions: readonly string[];
  readonly insufficientDataActions: readonly string[];
  /** When the configuration was put last, in Unix milliseconds. */
  readonly updatedMs: number;
  readonly state: AlarmState;
}

/** An alarm on a metric or on a metric math expression. */
export interface MetricAlarm extends AlarmBase {
  readonly kind: 'metric';
  readonly watched: Watched;
  readonly conditions: Conditions;
}

/** An alarm on other alarms' states. */
export interface CompositeAlarm extends AlarmBase {
  readonly kind: 'composite';
  /** As it was written. */
  readonly ruleText: string;
  readonly rule: AlarmRule;
}

/** The metric or the math expression that an alarm watches. */
export type Watched =
  | {
      readonly kind: 'metric';
      readonly query: MetricStatQuery;
      readonly dimensionNames: readonly string[];
    }
  | {
      readonly kind: 'math';
      readonly queries: readonly MetricQuery[];
      /** As they were put. */
      readonly given: readonly MetricDataQuery[];
      readonly returnedId: string;
      readonly periodMs: number;
    };

/** When an alarm goes off. */
export interface Conditions {
  readonly evaluationPeriods: number;
  /** Undefined where the alarm does not say: then it is all of the evaluation periods. */
  readonly datapointsToAlarm: number | undefined;
  readonly threshold: number;
  readonly comparison: Comparison;
  /** Undefined where the alarm does not say. */
  readonly treatMissingData: TreatMissingData | undefined;
  /** Whether a percentile of too few samples leaves the state as it is. */
  readonly lowSamples: 'evaluate' | 'ignore' | undefined;
}

/** The comparison operators that have a fixed threshold. */
export const COMPARISONS = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const satisfies readonly ComparisonOperator[];

export type Comparison = (typeof COMPARISONS)[number];

export const TREATMENTS = ['breaching', 'notBreaching', 'ignore', 'missing'] as const;

/** The treatment of periods without data by an alarm. */
export type TreatMissingData = (typeof TREATMENTS)[number];

/** The state of an alarm, and its reason. */
export interface AlarmState {
  readonly value: StateValue;
  readonly reason: string;
  /** JSON text. */
  readonly reasonData: string | undefined;
  /** Unix milliseconds. */
  readonly updatedMs: number;
}

/** Returns the length of one datapoint of an alarm, in milliseconds. */
export function periodMsOf({ watched }: MetricAlarm): number {
  return watched.kind === 'metric' ? watched.query.periodMs : watched.periodMs;
}

/** The metrics that an alarm watches. */
export function metricsOf({ watched }: MetricAlarm): readonly MetricStatQuery[] {
  if (watched.kind === 'metric') return [watched.query];
  return watched.queries.flatMap((query) => (query.kind === 'metric' ? [query] : []));
}

/** The actions of the state that an alarm is in. */
export function actionsOf(alarm: Alarm): readonly string[] {
  switch (alarm.state.value) {
    case 'OK':
      return alarm.okActions;
    case 'ALARM':
      return alarm.alarmActions;
    case 'INSUFFICIENT_DATA':
      return alarm.insufficientDataActions;
  }
}
