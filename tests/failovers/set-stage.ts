import { DescribeAlarmsCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import { DeleteCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { changeSettings } from '../../local/cli/rehearsal/settings.ts';
import type { FailoverStage } from './failover-stage.ts';
import type { RunPlan } from './run-plan.ts';

/** Makes everything as a run is to find it; the answer puts the settings back. */
export async function setStage(stage: FailoverStage, plan: RunPlan): Promise<() => Promise<void>> {
  const { runtime, stage: base } = stage;
  runtime.world.reset();
  await forgetLocks(stage);
  const putBack = await changeSettings(base, {
    AutomaticFailover: plan.automaticFailover,
    DrPlan: plan.changes,
  });
  await setTimeoutSeconds(stage, plan.executionTimeoutSeconds);
  await calmAlarms(stage);
  await runtime.settled();
  return putBack;
}

/** A lock outlives its run, with the time of the last automatic start. */
async function forgetLocks({ tables, names }: FailoverStage): Promise<void> {
  const TableName = names.locksTable;
  for await (const { Items = [] } of paginateScan({ client: tables }, { TableName })) {
    for (const { target } of Items) {
      await tables.send(new DeleteCommand({ TableName, Key: { target } }));
    }
  }
}

/** Gives the workflow a time-out of its own for the run, or the definition's again. */
async function setTimeoutSeconds(
  { states, machineArn, definition }: FailoverStage,
  seconds = definition['TimeoutSeconds'],
): Promise<void> {
  const changed = JSON.stringify({ ...definition, TimeoutSeconds: seconds });
  await states.send(
    new UpdateStateMachineCommand({ stateMachineArn: machineArn, definition: changed }),
  );
}

/** What the run before has broken may still be an alarm, which would tell of nothing new. */
async function calmAlarms({ alarms }: FailoverStage): Promise<void> {
  const { MetricAlarms = [] } = await alarms.send(
    new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm'], MaxRecords: 100 }),
  );
  for (const { AlarmName, StateValue } of MetricAlarms) {
    if (StateValue === 'OK' || AlarmName === undefined) continue;
    const state = { AlarmName, StateValue: 'OK', StateReason: 'A new run' } as const;
    await alarms.send(new SetAlarmStateCommand(state));
  }
}
