import type {
  DeleteAlarmsInput,
  DescribeAlarmHistoryInput,
  DescribeAlarmHistoryOutput,
  DisableAlarmActionsInput,
  EnableAlarmActionsInput,
  SetAlarmStateInput,
  StateValue,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../../core/aws-error.ts';
import { parseJson } from '../../../core/json.ts';
import { pageOf } from '../../../core/page-of.ts';
import type { Caller } from '../../../core/service.ts';
import { invalidValue, required } from '../cloudwatch-errors.ts';
import type { Alarms } from './alarms.ts';
import { configurationData } from './configuration-data.ts';
import { invalidToken, recordsOf } from './describe-alarms.ts';

const STATES: readonly StateValue[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];
const MAX_NAMES = 100;

/**
 * Sets an alarm's state until its next evaluation (CloudWatch API Reference, SetAlarmState).
 * @throws {AwsError} `ResourceNotFound`, `InvalidFormat`.
 */
export function setAlarmState(alarms: Alarms, input: SetAlarmStateInput, caller: Caller): object {
  const name = required('AlarmName', input.AlarmName);
  const value = required('StateValue', input.StateValue);
  const reason = required('StateReason', input.StateReason);
  if (!STATES.includes(value)) {
    throw invalidValue(
      `The value ${value} for parameter StateValue must be one of ${STATES.join(', ')}.`,
    );
  }
  const reasonData = input.StateReasonData;
  if (reasonData !== undefined && parseJson(reasonData) === undefined) {
    throw new AwsError('InvalidFormat', 'StateReasonData is not valid JSON');
  }
  const alarm = alarms.need(alarms.regionOf(caller), name);
  alarms.set(alarm, { value, reason, reasonData, updatedMs: alarms.nowMs() });
  return {};
}

/**
 * Deletes alarms (CloudWatch API Reference, DeleteAlarms).
 * @throws {AwsError} `ResourceNotFound`; then none is deleted.
 */
export function deleteAlarms(alarms: Alarms, input: DeleteAlarmsInput, caller: Caller): object {
  const names = namesIn(input);
  const region = alarms.regionOf(caller);
  for (const alarm of names.map((name) => alarms.need(region, name))) {
    alarms.history.add(alarm, {
      type: 'ConfigurationUpdate',
      summary: `Alarm "${alarm.name}" deleted`,
      data: configurationData('Delete', alarm),
      timeMs: alarms.nowMs(),
    });
    alarms.remove(alarm);
  }
  return {};
}

/** Switches the actions of alarms on or off; AWS passes over names that it does not know. */
export function switchActions(
  alarms: Alarms,
  input: EnableAlarmActionsInput | DisableAlarmActionsInput,
  caller: Caller,
  actionsEnabled: boolean,
): object {
  const region = alarms.regionOf(caller);
  for (const name of namesIn(input)) {
    const alarm = alarms.table.find(region, name);
    if (alarm === undefined || alarm.actionsEnabled === actionsEnabled) continue;
    const changed = { ...alarm, actionsEnabled };
    alarms.replace(changed);
    alarms.history.add(changed, {
      type: 'ConfigurationUpdate',
      summary: `Alarm "${name}" updated`,
      data: configurationData('Update', changed),
      timeMs: alarms.nowMs(),
    });
  }
  return {};
}

/**
 * Returns the history of alarms, newest first unless asked otherwise (CloudWatch API Reference,
 * DescribeAlarmHistory).
 * @throws {AwsError} `InvalidNextToken`.
 */
export function describeAlarmHistory(
  alarms: Alarms,
  input: DescribeAlarmHistoryInput,
  caller: Caller,
): DescribeAlarmHistoryOutput {
  const region = alarms.regionOf(caller);
  alarms.all(region);
  // AWS: metric alarms only, unless asked by type.
  const types: readonly string[] = input.AlarmTypes ?? ['MetricAlarm'];
  const items = alarms.history
    .all(region)
    .filter(
      ({ AlarmName, AlarmType = '', HistoryItemType, Timestamp = new Date(0) }) =>
        types.includes(AlarmType) &&
        [undefined, AlarmName].includes(input.AlarmName) &&
        [undefined, HistoryItemType].includes(input.HistoryItemType) &&
        (input.StartDate === undefined || Timestamp >= input.StartDate) &&
        (input.EndDate === undefined || Timestamp <= input.EndDate),
    )
    .toSorted((a, b) => (a.Timestamp?.getTime() ?? 0) - (b.Timestamp?.getTime() ?? 0));
  const ordered = input.ScanBy === 'TimestampAscending' ? items : items.toReversed();
  const page = pageOf(ordered, recordsOf(input.MaxRecords), input.NextToken, invalidToken);
  return {
    AlarmHistoryItems: [...page.members],
    ...(page.next === undefined ? {} : { NextToken: page.next }),
  };
}

function namesIn({ AlarmNames }: DeleteAlarmsInput): readonly string[] {
  const names = required('AlarmNames', AlarmNames);
  if (names.length <= MAX_NAMES) return names;
  throw invalidValue(`The collection AlarmNames must not have a size greater than ${MAX_NAMES}.`);
}
