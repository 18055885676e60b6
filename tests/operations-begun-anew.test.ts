import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ListExecutionsCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

/** Not tagged to be repaired by itself, so that a person is asked. */
const BUCKET = 'est-no-configuration';

let rehearsal: StartedRehearsal;
let states: SFNClient;

beforeAll(async () => {
  rehearsal = await startRehearsal();
  states = new SFNClient(rehearsal.stage.client);
});
afterAll(() => rehearsal?.runtime.close());

interface Repair {
  readonly arn: string;
  readonly name: string;
  readonly status: string;
}

async function repairs(): Promise<readonly Repair[]> {
  const stateMachineArn = rehearsal.stage.physicalId('S3LifecycleRepairStateMachine');
  const { executions = [] } = await states.send(new ListExecutionsCommand({ stateMachineArn }));
  return executions.map(({ executionArn: arn = '', name = '', status = '' }) => ({
    arn,
    name,
    status,
  }));
}

async function stop(arn: string): Promise<void> {
  await states.send(new StopExecutionCommand({ executionArn: arn }));
  await rehearsal.stage.settled();
}

async function sweep(): Promise<void> {
  await rehearsal.stage.runSchedule('SweepAuditsFunctionEveryQuarterHour');
  await rehearsal.stage.settled();
}

async function askForRepair(): Promise<void> {
  const { client, physicalId, settled } = rehearsal.stage;
  const detail = {
    version: 1,
    requestedBy: 'ada',
    reason: 'A test',
    accountId: '123456789012',
    bucket: BUCKET,
    region: 'us-east-1',
  };
  const entry = {
    EventBusName: physicalId('OperationsBus'),
    Source: 'signalbox.audit',
    DetailType: 'RepairRequested',
    Detail: JSON.stringify(detail),
  };
  await new EventBridgeClient(client).send(new PutEventsCommand({ Entries: [entry] }));
  await settled();
}

const told = (): number =>
  rehearsal.stage
    .eventsOn('OperationsBus')
    .filter(({ detailType }) => detailType === 'OperationStartedAgain').length;

describe('a repair that was stopped while it waited for a person', () => {
  test('is begun once more, and announced, without any event of its end', async () => {
    await askForRepair();
    const [repair] = await repairs();
    await stop(repair?.arn ?? '');

    await sweep();

    const [second, first] = await repairs();
    expect(second).toMatchObject({ name: `again-${first?.name}`, status: 'RUNNING' });
    expect(told()).toBe(1);
  });

  test('gets no third attempt when that one is stopped too', async () => {
    const before = await repairs();
    await stop(before[0]?.arn ?? '');
    await rehearsal.stage.toNextStart();

    await sweep();

    expect((await repairs()).map(({ name }) => name)).toEqual(before.map(({ name }) => name));
    expect(told()).toBe(1);
  });
});
