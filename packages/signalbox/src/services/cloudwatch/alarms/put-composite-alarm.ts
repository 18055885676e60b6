import type { PutCompositeAlarmInput } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../../core/aws-error.ts';
import type { Caller } from '../../../core/service.ts';
import { required } from '../cloudwatch-errors.ts';
import { checkActions, checkName, commonOf, refuse, save } from './alarm-input.ts';
import { type AlarmRule, childrenOf, parseAlarmRule } from './alarm-rule.ts';
import type { Alarms } from './alarms.ts';

const MAX_CHILDREN = 100;
const MAX_RULE_LENGTH = 10_240;

const REFUSED = {
  ActionsSuppressor: 'its actions are never suppressed',
  ActionsSuppressorWaitPeriod: 'its actions are never suppressed',
  ActionsSuppressorExtensionPeriod: 'its actions are never suppressed',
  ActionConfiguration: 'name the actions by their ARNs',
} as const;

/**
 * Makes or changes a composite alarm (CloudWatch API Reference, PutCompositeAlarm).
 * @throws {AwsError} When its rule does not parse, names an alarm that is not there, or comes round
 * to the alarm itself.
 */
export function putCompositeAlarm(
  alarms: Alarms,
  input: PutCompositeAlarmInput,
  caller: Caller,
): object {
  const name = checkName(input.AlarmName);
  refuse(input, REFUSED);
  checkActions(input, ['sns', 'lambda', 'ssm', 'ssm-incidents', 'aiops']);
  const ruleText = required('AlarmRule', input.AlarmRule);
  if (ruleText.length > MAX_RULE_LENGTH) {
    throw validation(`AlarmRule must not be longer than ${MAX_RULE_LENGTH} characters`);
  }
  const rule = parseAlarmRule(ruleText);
  const region = alarms.regionOf(caller);
  checkChildren(alarms, region, name, rule);
  save(
    alarms,
    { kind: 'composite', ...commonOf(alarms, region, name, input), ruleText, rule },
    input.Tags,
  );
  return {};
}

function checkChildren(alarms: Alarms, region: string, name: string, rule: AlarmRule): void {
  const children = childrenOf(rule);
  if (children.length > MAX_CHILDREN) {
    throw validation(`AlarmRule must not name more than ${MAX_CHILDREN} alarms`);
  }
  const unknown = children.filter(
    (child) => child !== name && alarms.table.find(region, child) === undefined,
  );
  if (unknown.length > 0) {
    throw validation(
      `Could not save the composite alarm as alarms [${unknown.join(', ')}] in the alarm rule do not exist`,
    );
  }
  if (reaches(alarms, region, children, name)) {
    throw validation(`AlarmRule of ${name} comes round to ${name} itself`);
  }
}

function reaches(
  alarms: Alarms,
  region: string,
  names: readonly string[],
  wanted: string,
): boolean {
  return names.some((name) => {
    if (name === wanted) return true;
    const alarm = alarms.table.find(region, name);
    return alarm?.kind === 'composite' && reaches(alarms, region, childrenOf(alarm.rule), wanted);
  });
}

function validation(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
