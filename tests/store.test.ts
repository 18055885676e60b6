import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type ExecutionListItem, SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import {
  DescribeParametersCommand,
  GetParameterCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readHistory } from '../packages/signalbox/src/cli/commands/history.ts';
import { allExecutions } from '../packages/signalbox/src/cli/find-execution.ts';
import { orderIdIn } from '../rehearsal/scenarios/order-ids.ts';
import { flawsOf } from './history-flaws.ts';
import { copyProject, type ProjectCopy } from './rehearsals/project-copy.ts';
import { readExecutions } from './rehearsals/read-executions.ts';
import { runCli } from './rehearsals/run-cli.ts';
import { spawnRehearsal } from './rehearsals/spawn-rehearsal.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';
import { failAgain, type RetriedExecution, startRetried } from './retried-executions.ts';

const STORE = 'kept';
const HALF_A_LINE = '{"n":1,"id":99,"type":"TaskSche';

let project: ProjectCopy;
let rehearsal: StartedRehearsal;
/** The token that a freight order waited with for its carrier when the process was killed. */
let taskToken: string;
let retried: readonly RetriedExecution[];

/** Kills a rehearsal while orders run, breaks off a line, and opens the store again. */
beforeAll(async () => {
  project = copyProject();
  const killed = await spawnRehearsal(project.root, '--no-scenarios', '--store', STORE);
  const client = clientOf(killed.url);
  await put(killed.url, 'out-of-stock');
  // Its reconciliation waits for a minute, which the clock skips: the histories are ahead of real time.
  await until(client, (all) => all.filter(hasEnded).length >= 2);
  await put(killed.url, 'happy-order');
  await until(client, (all) => all.filter(hasEnded).length >= 3);
  await put(killed.url, 'aborted-order');
  taskToken = await tokenOfShipment(client);
  await disableFailovers(new SSMClient({ ...rehearsalClient, endpoint: killed.url }));
  await put(killed.url, 'declined-card');
  retried = await startRetried(client);
  await killed.end('SIGKILL');

  appendFileSync(join(project.root, STORE, 'histories/events-00000001.jsonl'), HALF_A_LINE);
  rehearsal = await startRehearsal({ root: project.root, storeDirectory: STORE });
  await rehearsal.runtime.settled();
  const states = clientOf(rehearsal.runtime.url);
  await states.send(new SendTaskSuccessCommand({ taskToken, output: '{"trackingId":"kept"}' }));
  await rehearsal.runtime.settled();
});
afterAll(async () => {
  await rehearsal?.runtime.close();
  project.remove();
});

describe('a store that is opened again after kill -9', () => {
  test('says that a line was half-written, and in which file', () => {
    const found = rehearsal.said.filter((line) => line.includes('half-written'));
    expect(found).toEqual([
      expect.stringMatching(
        new RegExp(
          `^\\S+\\.jsonl: Dropped a half-written last line of ${HALF_A_LINE.length} bytes$`,
        ),
      ),
    ]);
  });

  test('counts the attempts of a Parallel and of Maps on', async () => {
    const client = clientOf(rehearsal.runtime.url);
    for (const one of retried) {
      const ended = await failAgain(client, one);
      expect({ kind: one.kind, ...ended }).toEqual({
        kind: one.kind,
        status: 'FAILED',
        failedAttempts: 2,
      });
    }
  });

  test('has whole histories, each with one end', async () => {
    const client = clientOf(rehearsal.runtime.url);
    const executions = await allExecutions(client);
    expect(executions.length).toBeGreaterThanOrEqual(4);
    for (const { executionArn = '', status } of executions) {
      const flaws = flawsOf(await readHistory(client, executionArn), status);
      expect({ executionArn, flaws }).toEqual({ executionArn, flaws: [] });
    }
  });

  test('goes on with what ran: a token of before the kill confirms its order', async () => {
    const executions = await readExecutions(clientOf(rehearsal.runtime.url), () => true);
    expect(executions.filter(({ status }) => status === 'ABORTED')).toEqual([]);
    const freight = executions.find(({ input }) => orderIdIn(input) === 'ord-aborted-order');
    expect(freight?.status).toBe('SUCCEEDED');
    expect(rehearsal.said).toContain(
      `Goes on where the process that ran it ended: ${freight?.executionArn}`,
    );
    expect(await item('OrdersTable', { orderId: 'ord-aborted-order' })).toMatchObject({
      status: 'CONFIRMED',
      trackingId: 'kept',
    });
    expect(await item('InventoryTable', { sku: 'sku-aborted-order' })).toMatchObject({
      available: 8,
    });
  });

  test('leaves the switch of an operator as it was', async () => {
    const parameters = new SSMClient(rehearsal.stage.client);
    const Name = rehearsal.stage.physicalId('AutomaticFailover');
    const { Parameter } = await parameters.send(new GetParameterCommand({ Name }));
    expect(Parameter).toMatchObject({ Value: 'disabled', Version: 2 });
  });

  test('keeps the tables', async () => {
    expect(await item('OrdersTable', { orderId: 'ord-happy-order' })).toMatchObject({
      status: 'CONFIRMED',
    });
    expect(await item('InventoryTable', { sku: 'sku-happy-order-lamp' })).toMatchObject({
      available: 9,
    });
  });

  test('knows that it goes on, and that the same order is a duplicate', async () => {
    expect(rehearsal.runtime.isContinued).toBe(true);
    await put(rehearsal.runtime.url, 'happy-order');
    await rehearsal.runtime.settled();
    const executions = await readExecutions(clientOf(rehearsal.runtime.url), () => true);
    const last = executions.at(-1);
    expect(last && orderIdIn(last.input)).toBe('ord-happy-order');
    expect(last?.status).toBe('SUCCEEDED');
    expect(last?.path.at(-1)).toBe('DuplicateOrder');
  });

  test('is refused to a second rehearsal while the first has it', async () => {
    const second = startRehearsal({ root: project.root, storeDirectory: STORE });
    await expect(second).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(
        `belongs to another rehearsal, process ${process.pid}: stop it, or name another directory`,
      ),
    });
  });
});

/** Turns the operator's switch of automatic failovers off. */
async function disableFailovers(client: SSMClient): Promise<void> {
  const Filter = { Key: 'Name', Option: 'Contains', Values: ['AutomaticFailover'] };
  const command = new DescribeParametersCommand({ ParameterFilters: [Filter] });
  const [found] = (await client.send(command)).Parameters ?? [];
  const change = { Name: found?.Name, Value: 'disabled', Overwrite: true };
  await client.send(new PutParameterCommand(change));
}

function clientOf(endpoint: string): SFNClient {
  return new SFNClient({ ...rehearsalClient, endpoint });
}

const rehearsalClient = {
  region: 'us-east-1',
  maxAttempts: 1,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};

async function put(url: string, name: string): Promise<void> {
  const file = `scenarios/orders/entries/${name}.json`;
  expect(await runCli('--endpoint-url', url, 'event', 'put', file)).toMatchObject({ exitCode: 0 });
}

async function item(table: string, Key: Readonly<Record<string, string>>): Promise<unknown> {
  const { client, physicalId } = rehearsal.stage;
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(client));
  const { Item } = await tables.send(new GetCommand({ TableName: physicalId(table), Key }));
  return Item;
}

function hasEnded({ status }: ExecutionListItem): boolean {
  return status !== 'RUNNING';
}

/** Asks again and again until the executions are so. */
async function until(
  client: SFNClient,
  areSo: (all: readonly ExecutionListItem[]) => boolean,
): Promise<void> {
  while (!areSo(await allExecutions(client)));
}

/** Asks again and again until an execution waits for the carrier; returns its token. */
async function tokenOfShipment(client: SFNClient): Promise<string> {
  for (;;) {
    const [newest] = await allExecutions(client);
    const events = await readHistory(client, newest?.executionArn ?? '');
    const isSubmitted = events.some(({ taskSubmittedEventDetails: details }) => details);
    const scheduled = events.find(({ taskScheduledEventDetails: details }) =>
      details?.resource?.includes('waitForTaskToken'),
    );
    const { parameters } = scheduled?.taskScheduledEventDetails ?? {};
    if (isSubmitted && parameters !== undefined)
      return JSON.parse(parameters).MessageBody.taskToken;
  }
}
