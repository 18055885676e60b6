import { AwsError } from '../../../core/aws-error.ts';
import type { Caller, ServiceCall } from '../../../core/service.ts';
import { type Alarm, type AlarmState, actionsOf } from './alarm.ts';
import type { AlarmHistory } from './alarm-history.ts';
import { alarmMessage, alarmSubject, type TriggeringChild } from './alarm-message.ts';
import { stateChangeDetail } from './state-change.ts';
import { offsetTime } from './texts.ts';

/** AWS: alarms publish under this principal. */
const ALARMS: Caller = { arn: 'cloudwatch.amazonaws.com' };
const LAMBDA_ALARMS: Caller = { arn: 'lambda.alarms.cloudwatch.amazonaws.com' };

/** The services, account, history and time that the actions of alarms work with. */
export interface ActionsOptions {
  readonly call: ServiceCall;
  readonly accountId: string;
  readonly history: AlarmHistory;
  readonly nowMs: () => number;
}

/** A change of state that may have actions. */
export interface ChangedAlarm {
  readonly alarm: Alarm;
  readonly before: AlarmState;
  /** The alarms that changed a composite alarm. */
  readonly children: readonly TriggeringChild[];
}

/** Runs the actions of the state that an alarm has come to, and writes into its history what became of each. */
export async function runActions(changed: ChangedAlarm, options: ActionsOptions): Promise<void> {
  if (!changed.alarm.actionsEnabled) return;
  for (const action of actionsOf(changed.alarm)) await runAction(action, changed, options);
}

async function runAction(
  action: string,
  changed: ChangedAlarm,
  options: ActionsOptions,
): Promise<void> {
  const { alarm, before, children } = changed;
  const message = JSON.stringify(
    alarmMessage(alarm, before, { accountId: options.accountId, children }),
  );
  try {
    await perform(action, changed, message, options);
    note(action, changed, options, { message, problem: undefined });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    note(action, changed, options, { message, problem: error.message });
  }
}

/** @throws {AwsError} When whoever is called refuses, and for what the rehearsal does not do. */
async function perform(
  action: string,
  { alarm, before }: ChangedAlarm,
  message: string,
  { call, accountId }: ActionsOptions,
): Promise<void> {
  const service = action.split(':')[2];
  const { region } = alarm;
  if (service === 'sns') {
    const input = { TopicArn: action, Subject: alarmSubject(alarm), Message: message };
    await call('sns', 'Publish', input, { ...ALARMS, region });
    return;
  }
  if (service === 'lambda') {
    const payload = {
      source: 'aws.cloudwatch',
      alarmArn: alarm.arn,
      accountId,
      time: offsetTime(alarm.state.updatedMs),
      region,
      alarmData: stateChangeDetail(alarm, before),
    };
    const Payload = new TextEncoder().encode(JSON.stringify(payload));
    const input = { FunctionName: action, InvocationType: 'Event', Payload };
    await call('lambda', 'Invoke', input, { ...LAMBDA_ALARMS, region });
    return;
  }
  throw new AwsError(
    'ActionNotRehearsed',
    `The rehearsal runs actions of alarms on SNS topics and Lambda functions, not ${action}`,
  );
}

function note(
  action: string,
  { alarm }: ChangedAlarm,
  { history, nowMs }: ActionsOptions,
  { message, problem }: { readonly message: string; readonly problem: string | undefined },
): void {
  const isSns = action.split(':')[2] === 'sns';
  history.add(alarm, {
    type: 'Action',
    timeMs: nowMs(),
    summary:
      problem === undefined
        ? `Successfully executed action ${action}`
        : `Failed to execute action ${action}. Received error: "${problem}"`,
    data: JSON.stringify({
      actionState: problem === undefined ? 'Succeeded' : 'Failed',
      stateUpdateTimestamp: alarm.state.updatedMs,
      notificationResource: action,
      publishedMessage: isSns ? JSON.stringify({ default: message }) : null,
      error: problem ?? null,
    }),
  });
}
