import type { MetricDataQuery, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../../core/aws-error.ts';
import type { Caller } from '../../../core/service.ts';
import { invalidCombination, invalidValue, required } from '../cloudwatch-errors.ts';
import { type MetricStatQuery, parseQueries, runQueries } from '../metric-queries.ts';
import { dimensionsIn } from '../put-metric-data.ts';
import { isStandardUnit } from '../standard-unit.ts';
import { percentOf, statisticNamed } from '../statistics.ts';
import type { MetricAlarm, Watched } from './alarm.ts';
import { conditionsIn } from './alarm-conditions.ts';
import { checkActions, checkName, commonOf, refuse, save } from './alarm-input.ts';
import type { Alarms } from './alarms.ts';

const DAY_SECONDS = 86_400;
const MAX_METRICS = 10;

/** The fields that a metric alarm can't have together with Metrics. */
const METRIC_FIELDS = [
  'MetricName',
  'Namespace',
  'Dimensions',
  'Period',
  'Statistic',
  'ExtendedStatistic',
  'Unit',
] as const;

const REFUSED = {
  ThresholdMetricId: 'it learns no anomaly bands',
  EvaluationWindow: 'its windows end at each evaluation',
  WarmUpConfiguration: 'its alarms are evaluated from the start',
  EvaluationCriteria: 'it has no PromQL',
  EvaluationInterval: 'it has no PromQL',
  ActionConfiguration: 'name the actions by their ARNs',
} as const;

/**
 * Makes or changes a metric alarm (CloudWatch API Reference, PutMetricAlarm).
 * @throws {AwsError} For what does not fit or is not rehearsed.
 */
export function putMetricAlarm(alarms: Alarms, input: PutMetricAlarmInput, caller: Caller): object {
  const name = checkName(input.AlarmName);
  refuse(input, REFUSED);
  checkActions(input, [
    'sns',
    'lambda',
    'autoscaling',
    'ec2',
    'automate',
    'ssm',
    'swf',
    'ssm-incidents',
    'aiops',
  ]);
  const watched = input.Metrics === undefined ? oneMetric(input) : math(input, input.Metrics);
  const periodMs = watched.kind === 'metric' ? watched.query.periodMs : watched.periodMs;
  const namespaces = watched.kind === 'metric' ? [watched.query.metric.namespace] : [];
  const conditions = conditionsIn(input, namespaces);
  checkLength(periodMs / 1000, conditions.evaluationPeriods);
  const region = alarms.regionOf(caller);
  const alarm: Omit<MetricAlarm, 'state'> = {
    kind: 'metric',
    ...commonOf(alarms, region, name, input),
    watched,
    conditions,
  };
  save(alarms, alarm, input.Tags);
  return {};
}

function oneMetric(input: PutMetricAlarmInput): Watched {
  const metricName = required('MetricName', input.MetricName);
  const namespace = required('Namespace', input.Namespace);
  const period = required('Period', input.Period);
  checkAlarmPeriod(period);
  if (input.Unit !== undefined && !isStandardUnit(input.Unit)) {
    throw invalidValue('The parameter Unit must be a value in the set of units.');
  }
  const query: MetricStatQuery = {
    kind: 'metric',
    label: metricName,
    metric: { namespace, metricName, dimensions: dimensionsIn(input.Dimensions) },
    statistic: statisticIn(input),
    periodMs: period * 1000,
    unit: input.Unit,
  };
  const dimensionNames = (input.Dimensions ?? []).map(({ Name = '' }) => Name);
  return { kind: 'metric', query, dimensionNames };
}

function statisticIn({ Statistic, ExtendedStatistic }: PutMetricAlarmInput): string {
  if (Statistic !== undefined && ExtendedStatistic !== undefined) {
    throw invalidCombination(
      'The parameters Statistic and ExtendedStatistic are mutually exclusive and you have specified both.',
    );
  }
  if (Statistic !== undefined) {
    const known = percentOf(Statistic) === undefined && statisticNamed(Statistic) !== undefined;
    if (known) return Statistic;
    throw invalidValue(`The value ${Statistic} for parameter Statistic is invalid.`);
  }
  const name = required('Statistic', ExtendedStatistic);
  if (percentOf(name) !== undefined) return name;
  throw invalidValue(`ExtendedStatistic ${name} is not rehearsed: use a percentile such as p99`);
}

function math(input: PutMetricAlarmInput, given: readonly MetricDataQuery[]): Watched {
  const mixed = METRIC_FIELDS.find((field) => input[field] !== undefined);
  if (mixed !== undefined) {
    throw invalidCombination(
      `The parameters Metrics and ${mixed} are mutually exclusive and you have specified both.`,
    );
  }
  const queries = parseQueries(given, 'Metrics');
  const metrics = queries.flatMap((query) => (query.kind === 'metric' ? [query] : []));
  if (metrics.length === 0 || metrics.length > MAX_METRICS) {
    throw validation(`Metrics list must contain at least one and at most ${MAX_METRICS} metrics`);
  }
  const [returned, second] = queries.filter(({ isReturned }) => isReturned);
  if (returned === undefined || second !== undefined) {
    throw validation('Exactly one element of the metrics list should return data.');
  }
  const periods = [...new Set(metrics.map(({ periodMs }) => periodMs))];
  const [periodMs = 0] = periods;
  if (periods.length > 1) throw validation('All metrics must have the same period.');
  checkAlarmPeriod(periodMs / 1000);
  const values = runQueries(queries, { startMs: 0, endMs: periodMs }, () => []);
  if (values.get(returned.id)?.kind !== 'series') {
    throw validation(`The expression ${returned.id} must return a single time series.`);
  }
  return { kind: 'math', queries, given, returnedId: returned.id, periodMs };
}

function checkAlarmPeriod(seconds: number): void {
  if ([10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0)) return;
  throw invalidValue('The parameter Period must be 10, 20, 30 or any multiple of 60.');
}

function checkLength(periodSeconds: number, evaluationPeriods: number): void {
  // AWS: seven days where a period is an hour or longer, a day otherwise.
  const days = periodSeconds >= 3600 ? 7 : 1;
  if (periodSeconds * evaluationPeriods <= days * DAY_SECONDS) return;
  throw validation(
    `Metrics cannot be checked across more than ${days === 1 ? 'a day' : `${days} days`} (EvaluationPeriods * Period must be <= ${days * DAY_SECONDS}).`,
  );
}

function validation(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
