import { SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { isJsonObject, type JsonObject } from '../../packages/signalbox/src/core/json.ts';
import type { FailoverStage } from './failover-stage.ts';
import type { Trigger } from './run-plan.ts';

/** Lets a trigger come. */
export async function askForFailover(stage: FailoverStage, trigger: Trigger): Promise<void> {
  switch (trigger.kind) {
    case 'event':
      return putEvent(stage, trigger.detail);
    case 'schedule':
      return startAsScheduled(stage, trigger.detail);
    case 'alarm':
      return raiseAlarm(stage, trigger.index);
  }
}

async function putEvent({ events, stage }: FailoverStage, detail: object): Promise<void> {
  const entry = {
    EventBusName: stage.physicalId('OperationsBus'),
    Source: 'signalbox.dr',
    DetailType: 'FailoverRequested',
    Detail: JSON.stringify(detail),
  };
  await events.send(new PutEventsCommand({ Entries: [entry] }));
}

/** As the schedule of game days starts the workflow. */
async function startAsScheduled(
  { states, machineArn, clock }: FailoverStage,
  detail: object,
): Promise<void> {
  const event = {
    id: crypto.randomUUID(),
    source: 'signalbox.schedule',
    'detail-type': 'FailoverRequested',
    time: clock.now().toISOString(),
    detail,
  };
  await states.send(
    new StartExecutionCommand({ stateMachineArn: machineArn, input: JSON.stringify(event) }),
  );
}

async function raiseAlarm({ alarms, failoverPlan }: FailoverStage, index: number): Promise<void> {
  const names = triggersOf(failoverPlan).flatMap(({ alarm }) =>
    typeof alarm === 'string' ? [alarm] : [],
  );
  const AlarmName = names[index % names.length];
  if (AlarmName === undefined) return;
  await alarms.send(
    new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'A run of the test' }),
  );
}

function triggersOf(plan: FailoverStage['failoverPlan']): readonly JsonObject[] {
  const triggers = isJsonObject(plan) ? plan['triggers'] : undefined;
  return Array.isArray(triggers) ? triggers.filter(isJsonObject) : [];
}
