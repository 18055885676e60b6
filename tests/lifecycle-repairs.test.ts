import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetBucketLifecycleConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ExecutionResult } from '../packages/signalbox/src/scenarios/scenario-result.ts';
import { decideApproval } from '../rehearsal/scenarios/decide-approval.ts';
import { readExecutions } from './rehearsals/read-executions.ts';
import { type CliRun, runCli } from './rehearsals/run-cli.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

/** Tagged `lifecycle-repair=auto`, and without a lifecycle. */
const BUCKET = 'est-repair-from-nothing';
const ACCOUNT_ID = '123456789012';

let rehearsal: StartedRehearsal;

beforeAll(async () => {
  rehearsal = await startRehearsal();
});
afterAll(() => rehearsal?.runtime.close());

async function put(detailType: string, detail: object): Promise<void> {
  const { client, physicalId } = rehearsal.stage;
  const entry = {
    EventBusName: physicalId('OperationsBus'),
    Source: 'signalbox.audit',
    DetailType: detailType,
    Detail: JSON.stringify({ version: 1, requestedBy: 'ada', reason: 'A test', ...detail }),
  };
  await new EventBridgeClient(client).send(new PutEventsCommand({ Entries: [entry] }));
  await rehearsal.runtime.settled();
}

async function ruleIds(): Promise<readonly unknown[]> {
  const client = new S3Client({ ...rehearsal.stage.client, forcePathStyle: true });
  try {
    const command = new GetBucketLifecycleConfigurationCommand({ Bucket: BUCKET });
    return ((await client.send(command)).Rules ?? []).map(({ ID: id }) => id);
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchLifecycleConfiguration') return [];
    throw error;
  }
}

async function repairs(): Promise<readonly ExecutionResult[]> {
  const executions = await readExecutions(new SFNClient(rehearsal.stage.client), () => true);
  return executions.filter(({ stateMachine }) => stateMachine.endsWith('-repair'));
}

const cli = (...args: readonly string[]): Promise<CliRun> =>
  runCli('--endpoint-url', rehearsal.runtime.url, ...args);

describe('a bucket that is tagged to be repaired by itself', () => {
  test('is repaired by its audit', async () => {
    await put('AuditRequested', { buckets: [BUCKET] });

    expect(await ruleIds()).toEqual(['signalbox-lifecycle']);
    expect((await repairs())[0]?.output).toMatchObject({ bucket: BUCKET, status: 'REPAIRED' });
  });

  test('stays as it was restored, whatever is audited after', async () => {
    const { exitCode, stdout } = await cli('audit', 'restore', BUCKET);
    await rehearsal.runtime.settled();
    await put('AuditRequested', { buckets: [BUCKET] });

    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^Restored the lifecycle .*\nIts tag lets nothing be repaired/),
    });
    expect(await ruleIds()).toEqual([]);
  });

  test('is not repaired again by a second restore, which says what there is', async () => {
    const { exitCode, stdout } = await cli('audit', 'restore', BUCKET);
    await rehearsal.runtime.settled();

    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^Left the lifecycle .*: what the repair replaced is back already$/m);
    expect(await ruleIds()).toEqual([]);
  });

  test('is repaired again where a person asks, and approves', async () => {
    await put('RepairRequested', { accountId: ACCOUNT_ID, bucket: BUCKET, region: 'us-east-1' });
    const waiting = (await repairs()).find(({ status }) => status === 'RUNNING');
    expect(waiting?.path.at(-1)).toBe('RequestApproval');

    if (waiting !== undefined) await decideApproval(rehearsal.stage, waiting, 'approve');
    await rehearsal.runtime.settled();

    expect(await ruleIds()).toEqual(['signalbox-lifecycle']);
  });
});

describe("the reports' bucket", () => {
  test('holds to the policy that all buckets are held to', async () => {
    const { exitCode, stdout } = await cli(
      'audit',
      rehearsal.stage.physicalId('ReportsBucket'),
      '--fail-on',
      'low',
    );

    expect(stdout).toMatch(/us-east-1 +COMPLIANT */);
    expect(exitCode).toBe(0);
  });
});

describe('the alarm of an overdue audit', () => {
  test('is silent until there was a first one, and heard of when there is none any more', () => {
    const { alarms } = rehearsal.runtime.app();
    const overdue = alarms.find(({ logicalId }) => logicalId === 'AuditOverdueAlarm');

    // An alarm begins without data, and only a change of its state is reported.
    expect(overdue?.putMetricAlarm).toMatchObject({
      TreatMissingData: 'missing',
      InsufficientDataActions: [expect.stringContaining('AlarmsTopic')],
    });
  });
});
