import { cpSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateStateMachineCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRehearsal, type Rehearsal } from 'signalbox';

const TARGET = 'AmazonSQS.ListQueues';
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0';

let rehearsal: Rehearsal;
let states: SFNClient;
const remarks: string[] = [];

beforeAll(async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'signalbox-odd-')));
  cpSync('packages/signalbox/examples/hello-sam', root, { recursive: true });
  rehearsal = await createRehearsal({ root, onRemark: (line) => remarks.push(line) });
  states = new SFNClient({ ...rehearsal.client, disableHostPrefix: true });
}, 60_000);
afterAll(() => rehearsal.close());

/** Arrays within one another. */
function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

async function post(body: string): Promise<number> {
  const headers = { authorization: AUTHORIZATION, 'x-amz-target': TARGET };
  return (await fetch(rehearsal.url, { method: 'POST', headers, body })).status;
}

async function runOnce(definition: object, input: string) {
  const name = `odd-${Math.random().toString(36).slice(2)}`;
  const { stateMachineArn } = await states.send(
    new CreateStateMachineCommand({
      name,
      type: 'EXPRESS',
      roleArn: 'arn:aws:iam::123456789012:role/odd',
      definition: JSON.stringify(definition),
    }),
  );
  return states.send(new StartSyncExecutionCommand({ stateMachineArn, input }));
}

describe('a rehearsal', () => {
  test.each([1001, 4000, 100_000])('refuses JSON of %i levels at every door', async (depth) => {
    const stateMachineArn = rehearsal.physicalId('GreetingStateMachine');
    const started = states.send(
      new StartExecutionCommand({ stateMachineArn, input: nested(depth) }),
    );
    await expect(started).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
    const made = states.send(
      new CreateStateMachineCommand({ name: 'deep', roleArn: 'arn', definition: nested(depth) }),
    );
    await expect(made).rejects.toMatchObject({ name: 'InvalidDefinition' });
    const entry = { Source: 'hello.door', DetailType: 'VisitorArrived' };
    const events = new EventBridgeClient(rehearsal.client);
    const Detail = `{"name":${nested(depth)}}`;
    const put = await events.send(new PutEventsCommand({ Entries: [{ ...entry, Detail }] }));
    expect(put.Entries).toMatchObject([{ ErrorCode: 'MalformedDetail' }]);
    await expect(post(nested(depth))).resolves.toBe(400);
  });

  test('runs an event that is as deep as EventBridge takes it', async () => {
    const Detail = `{"name":${nested(999)}}`;
    await rehearsal.putEvents([{ Source: 'hello.door', DetailType: 'VisitorArrived', Detail }]);
    await rehearsal.settled();
    const { stateMachines } = await states.send(new ListStateMachinesCommand({}));
    expect(stateMachines).not.toEqual([]);
    expect(remarks.filter((line) => line.includes('bug'))).toEqual([]);
  });

  test('ends an execution whose states nest their input without end', async () => {
    const definition = {
      StartAt: 'Nest',
      States: { Nest: { Type: 'Pass', Parameters: { 'in.$': '$' }, Next: 'Nest' } },
    };
    const { status, error } = await runOnce(definition, '{}');
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    expect(remarks.filter((line) => line.includes('bug'))).toEqual([]);
  });
});
