import { DescribeAlarmsCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { DeleteCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { withValueAt } from '../../packages/signalbox/src/scenarios/settings.ts';
import type { FailoverStage } from './failover-stage.ts';
import type { RunPlan } from './run-plan.ts';

/** Makes everything as a run is to find it, whatever the run before has left. */
export async function setStage(stage: FailoverStage, plan: RunPlan): Promise<void> {
  const { runtime } = stage;
  runtime.simulatedResources.reset();
  await forgetLocks(stage);
  const failoverPlan = Object.entries(plan.changes).reduce(
    (value, [path, to]) => withValueAt(value, path.split('.'), to),
    stage.failoverPlan,
  );
  await putParameter(stage, 'DrPlan', JSON.stringify(failoverPlan));
  await putParameter(stage, 'AutomaticFailover', plan.automaticFailover);
  await setTimeoutSeconds(stage, plan.executionTimeoutSeconds);
  await calmAlarms(stage);
  await runtime.settled();
}

async function putParameter(
  { parameters, stage }: FailoverStage,
  logicalId: string,
  Value: string,
): Promise<void> {
  const parameter = { Name: stage.physicalId(logicalId), Value, Overwrite: true };
  await parameters.send(new PutParameterCommand(parameter));
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
  { states, machineArn, definition, timeout }: FailoverStage,
  seconds = definition['TimeoutSeconds'],
): Promise<void> {
  if (timeout.seconds === seconds) return;
  const changed = JSON.stringify({ ...definition, TimeoutSeconds: seconds });
  await states.send(
    new UpdateStateMachineCommand({ stateMachineArn: machineArn, definition: changed }),
  );
  timeout.seconds = seconds;
}

/** A fault of the run before may still be an alarm, which would tell of nothing new. */
async function calmAlarms({ alarms }: FailoverStage): Promise<void> {
  const { MetricAlarms = [] } = await alarms.send(
    new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm'], StateValue: 'ALARM' }),
  );
  for (const { AlarmName } of MetricAlarms) {
    if (AlarmName === undefined) continue;
    const state = { AlarmName, StateValue: 'OK', StateReason: 'A new run' } as const;
    await alarms.send(new SetAlarmStateCommand(state));
  }
}
