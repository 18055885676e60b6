import type {
  DescribeAlarmsForMetricInput,
  DescribeAlarmsForMetricOutput,
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../../core/aws-error.ts';
import { pageOf } from '../../../core/page-of.ts';
import type { Caller } from '../../../core/service.ts';
import { invalidCombination, invalidValue, required } from '../cloudwatch-errors.ts';
import { metricKey } from '../metric-store.ts';
import { dimensionsIn } from '../put-metric-data.ts';
import { type Alarm, actionsOf, metricsOf } from './alarm.ts';
import { childrenOf } from './alarm-rule.ts';
import type { Alarms } from './alarms.ts';
import { describeCompositeAlarm, describeMetricAlarm } from './describe.ts';

const DEFAULT_RECORDS = 50;
const MAX_RECORDS = 100;

/**
 * Lists alarms by name, evaluated until now (CloudWatch API Reference, DescribeAlarms).
 * @throws {AwsError} For filters that don't go together, `InvalidNextToken`.
 */
export function describeAlarms(
  alarms: Alarms,
  input: DescribeAlarmsInput,
  caller: Caller,
): DescribeAlarmsOutput {
  checkFilters(input);
  const chosen = chosenOf(alarms, input, alarms.regionOf(caller));
  const page = pageOf(chosen, recordsOf(input.MaxRecords), input.NextToken, invalidToken);
  return {
    MetricAlarms: page.members.flatMap((alarm) =>
      alarm.kind === 'metric' ? [describeMetricAlarm(alarm)] : [],
    ),
    CompositeAlarms: page.members.flatMap((alarm) =>
      alarm.kind === 'composite' ? [describeCompositeAlarm(alarm)] : [],
    ),
    ...(page.next === undefined ? {} : { NextToken: page.next }),
  };
}

/**
 * Lists the alarms on one metric (CloudWatch API Reference, DescribeAlarmsForMetric).
 * @throws {AwsError} When the metric's name or namespace is missing.
 */
export function describeAlarmsForMetric(
  alarms: Alarms,
  input: DescribeAlarmsForMetricInput,
  caller: Caller,
): DescribeAlarmsForMetricOutput {
  const key = metricKey({
    namespace: required('Namespace', input.Namespace),
    metricName: required('MetricName', input.MetricName),
    dimensions: dimensionsIn(input.Dimensions),
  });
  const statistic = input.Statistic ?? input.ExtendedStatistic;
  const periodMs = input.Period === undefined ? undefined : input.Period * 1000;
  return {
    MetricAlarms: alarms.all(alarms.regionOf(caller)).flatMap((alarm) => {
      if (alarm.kind === 'composite') return [];
      const watches = metricsOf(alarm).some(
        (query) =>
          metricKey(query.metric) === key &&
          [undefined, query.statistic].includes(statistic) &&
          [undefined, query.periodMs].includes(periodMs) &&
          [undefined, query.unit].includes(input.Unit),
      );
      return watches ? [describeMetricAlarm(alarm)] : [];
    }),
  };
}

/** Refuses a page's token that was not given out. */
export function invalidToken(): AwsError {
  return new AwsError('InvalidNextToken', 'The value for parameter NextToken is invalid.');
}

/** Returns the number of records on a page. @throws {AwsError} For a number that AWS does not take. */
export function recordsOf(given: number | undefined): number {
  const records = given ?? DEFAULT_RECORDS;
  if (Number.isInteger(records) && records > 0 && records <= MAX_RECORDS) return records;
  throw invalidValue(`The parameter MaxRecords must be between 1 and ${MAX_RECORDS}.`);
}

function checkFilters(input: DescribeAlarmsInput): void {
  const { AlarmNames, AlarmNamePrefix, ChildrenOfAlarmName, ParentsOfAlarmName } = input;
  if (AlarmNames !== undefined && AlarmNames.length > MAX_RECORDS) {
    throw invalidValue(
      `The collection AlarmNames must not have a size greater than ${MAX_RECORDS}.`,
    );
  }
  const byName = { AlarmNames, AlarmNamePrefix, ChildrenOfAlarmName, ParentsOfAlarmName };
  const given = Object.entries(byName).filter(([, value]) => value !== undefined);
  if (given.length < 2) return;
  const names = given.map(([name]) => name).join(' and ');
  throw invalidCombination(`The parameters ${names} are mutually exclusive.`);
}

function chosenOf(alarms: Alarms, input: DescribeAlarmsInput, region: string): readonly Alarm[] {
  const { AlarmNames, AlarmNamePrefix = '', StateValue, ActionPrefix } = input;
  const related = relatedNames(alarms, input, region);
  // AWS: composite alarms only for who asks for them by type.
  const types = input.AlarmTypes ?? (related === undefined ? ['MetricAlarm'] : undefined);
  return alarms
    .all(region)
    .filter(
      (alarm) =>
        (types?.includes(alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm') ?? true) &&
        (AlarmNames?.includes(alarm.name) ?? true) &&
        (related?.includes(alarm.name) ?? true) &&
        alarm.name.startsWith(AlarmNamePrefix) &&
        (StateValue === undefined || alarm.state.value === StateValue) &&
        (ActionPrefix === undefined || hasAction(alarm, ActionPrefix)),
    );
}

function hasAction(alarm: Alarm, prefix: string): boolean {
  return actionsOf(alarm).some((action) => action.startsWith(prefix));
}

function relatedNames(
  alarms: Alarms,
  { ChildrenOfAlarmName, ParentsOfAlarmName }: DescribeAlarmsInput,
  region: string,
): readonly string[] | undefined {
  if (ChildrenOfAlarmName !== undefined) {
    const alarm = alarms.need(region, ChildrenOfAlarmName);
    return alarm.kind === 'composite' ? childrenOf(alarm.rule) : [];
  }
  if (ParentsOfAlarmName === undefined) return undefined;
  return alarms.table.parentsOf(alarms.need(region, ParentsOfAlarmName)).map(({ name }) => name);
}
