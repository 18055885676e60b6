import type {
  DeleteAlarmsInput,
  DescribeAlarmHistoryInput,
  DescribeAlarmsForMetricInput,
  DescribeAlarmsInput,
  DisableAlarmActionsInput,
  EnableAlarmActionsInput,
  ListTagsForResourceInput,
  PutCompositeAlarmInput,
  PutMetricAlarmInput,
  SetAlarmStateInput,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-cloudwatch';
import { type Action, actions, type Caller } from '../../core/service.ts';
import {
  deleteAlarms,
  describeAlarmHistory,
  setAlarmState,
  switchActions,
} from './alarms/alarm-actions.ts';
import { nameOf } from './alarms/alarm-rule.ts';
import type { Alarms } from './alarms/alarms.ts';
import { describeAlarms, describeAlarmsForMetric } from './alarms/describe-alarms.ts';
import { putCompositeAlarm } from './alarms/put-composite-alarm.ts';
import { putMetricAlarm } from './alarms/put-metric-alarm.ts';

/** The actions of CloudWatch's API on alarms. */
export function alarmActions(alarms: Alarms): Readonly<Record<string, Action>> {
  const has = (caller: Caller) => (arn: string) =>
    alarms.table.find(alarms.regionOf(caller), nameOf(arn))?.arn === arn;
  return actions({
    PutMetricAlarm: (input: PutMetricAlarmInput, caller: Caller) =>
      putMetricAlarm(alarms, input, caller),
    PutCompositeAlarm: (input: PutCompositeAlarmInput, caller: Caller) =>
      putCompositeAlarm(alarms, input, caller),
    DescribeAlarms: (input: DescribeAlarmsInput, caller: Caller) =>
      describeAlarms(alarms, input, caller),
    DescribeAlarmsForMetric: (input: DescribeAlarmsForMetricInput, caller: Caller) =>
      describeAlarmsForMetric(alarms, input, caller),
    DescribeAlarmHistory: (input: DescribeAlarmHistoryInput, caller: Caller) =>
      describeAlarmHistory(alarms, input, caller),
    DeleteAlarms: (input: DeleteAlarmsInput, caller: Caller) => deleteAlarms(alarms, input, caller),
    SetAlarmState: (input: SetAlarmStateInput, caller: Caller) =>
      setAlarmState(alarms, input, caller),
    EnableAlarmActions: (input: EnableAlarmActionsInput, caller: Caller) =>
      switchActions(alarms, input, caller, true),
    DisableAlarmActions: (input: DisableAlarmActionsInput, caller: Caller) =>
      switchActions(alarms, input, caller, false),
    ListTagsForResource: (input: ListTagsForResourceInput, caller: Caller) =>
      alarms.tags.list(input, has(caller)),
    TagResource: (input: TagResourceInput, caller: Caller) => alarms.tags.tag(input, has(caller)),
    UntagResource: (input: UntagResourceInput, caller: Caller) =>
      alarms.tags.untag(input, has(caller)),
  });
}
