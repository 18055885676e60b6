import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signedHeaders } from '../packages/signalbox/src/scenarios/signed-headers.ts';
import { runCli } from './rehearsals/run-cli.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

const ORDER = 'ord-high-value-approved';
const SUBMITTED = 'events/invoke/orders/submit-order.json';

let rehearsal: StartedRehearsal;
let tables: DynamoDBDocumentClient;

beforeAll(async () => {
  rehearsal = await startRehearsal();
  tables = DynamoDBDocumentClient.from(new DynamoDBClient(rehearsal.stage.client));
  await place('high-value-approved');
  await place('high-value-denied');
});
afterAll(() => rehearsal?.runtime.close());

const cli = (...args: readonly string[]) =>
  runCli('--endpoint-url', rehearsal.runtime.url, ...args);

async function place(order: string): Promise<void> {
  const entries = JSON.parse(readFileSync(`scenarios/orders/entries/${order}.json`, 'utf8'));
  await new EventBridgeClient(rehearsal.stage.client).send(
    new PutEventsCommand({ Entries: entries }),
  );
  await rehearsal.stage.settled();
}

async function remind(schedule: string): Promise<void> {
  await rehearsal.stage.runSchedule(schedule);
  await rehearsal.stage.settled();
}

const typesOn = (bus: string): readonly string[] =>
  rehearsal.stage.eventsOn(bus).map(({ detailType }) => detailType);

describe('signalbox approvals', () => {
  test('lists what waits for a decision, the most urgent first, and no token', async () => {
    const { stdout, exitCode } = await cli('approvals', 'ls');

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ID +STATE +ANSWER BY +WHAT$/m);
    expect(stdout).toMatch(
      new RegExp(
        `^${ORDER} +PENDING +\\S+Z +Order of usr-\\S+ over \\d+ EUR \\(minor units\\)$`,
        'm',
      ),
    );
    expect((await cli('--json', 'approvals', 'ls')).stdout).not.toContain('askToken');
  });

  test('reminds once half of the time is over, and once only', async () => {
    const schedule = 'RemindOfApprovalsFunctionOrdersReminder';
    await remind(schedule);
    expect(typesOn('OrdersBus')).not.toContain('ApprovalReminded');
    const half = new Date(rehearsal.stage.now().getTime() - 4_000_000).toISOString();
    await tables.send(
      new UpdateCommand({
        TableName: rehearsal.stage.physicalId('ApprovalsTable'),
        Key: { orderId: ORDER },
        UpdateExpression: 'SET requestedAt = :half',
        ExpressionAttributeValues: { ':half': half },
      }),
    );

    await remind(schedule);
    await remind(schedule);

    expect(typesOn('OrdersBus').filter((type) => type === 'ApprovalReminded')).toHaveLength(1);
  });

  test('approves and denies by the id, and tells who was first', async () => {
    expect(await cli('approve', ORDER, '--comment', 'Fine')).toMatchObject({
      exitCode: 0,
      stdout: `Approved ${ORDER}: The workflow goes on with it\n`,
    });
    await rehearsal.stage.settled();
    const again = await cli('approvals', 'deny', ORDER);

    expect(again.exitCode).toBe(1);
    expect(again.stdout).toMatch(
      new RegExp(
        `^Too late for ${ORDER}: The request for approval is already decided: APPROVED by `,
      ),
    );
    expect((await cli('approvals', 'ls')).stdout).not.toContain(ORDER);
    expect((await cli('approvals', 'ls', '--state', 'APPROVED')).stdout).toContain(ORDER);
  });

  test('lets another decide on an order than who placed it', async () => {
    const body = JSON.parse(JSON.parse(readFileSync(SUBMITTED, 'utf8')).body);
    const lines = [{ ...body.lines[0], unitPrice: 150_000 }];
    const order = { ...body, lines, total: 150_000 };
    const placedBy = async (accessKeyId: string): Promise<string> => {
      const client = {
        ...rehearsal.stage.client,
        credentials: { accessKeyId, secretAccessKey: 'any' },
      };
      const headers = {
        ...signedHeaders({ client }, 'execute-api'),
        'idempotency-key': accessKeyId,
      };
      const request = { method: 'POST', headers, body: JSON.stringify(order) };
      const answered = await fetch(`${rehearsal.stage.apiUrl('OrdersApi')}/orders`, request);
      await rehearsal.stage.settled();
      return JSON.parse(await answered.text()).orderId;
    };
    const others = await placedBy('shop');
    const own = await placedBy('signalbox'); // as the command line signs

    expect(await cli('approve', others)).toMatchObject({ exitCode: 0 });
    expect(await cli('approve', own)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Whoever placed the order may not decide about it'),
    });
  });

  test('says that nothing waits under an unknown id', async () => {
    const { exitCode, stderr } = await cli('deny', 'nothing-of-the-kind');

    expect(exitCode).toBe(3);
    expect(stderr).toContain('Nothing waits for the approval "nothing-of-the-kind"');
  });
});

describe('signalbox failover', () => {
  test('asks as short as the script did, and its approval is listed and given', async () => {
    const asked = await cli('failover', 'database', '--reason', 'The writer hangs', '--id', 'fo-1');
    await rehearsal.stage.settled();

    expect(asked).toMatchObject({ exitCode: 0 });
    expect(asked.stdout).toMatch(/^Asked for fo-1 \(real, graceful\)$/m);
    expect((await cli('approvals', 'ls')).stdout).toMatch(
      /^fo-1 +PENDING .* Failover of database \(real, graceful\)$/m,
    );

    expect(await cli('approve', 'fo-1')).toMatchObject({ exitCode: 0 });
    await rehearsal.stage.settled();
    expect(typesOn('OperationsBus').at(-1)).toBe('FailoverCompleted');
  });

  test('changes nothing with --dry-run', async () => {
    const { stdout } = await cli(
      ...['failover', 'application', '--reason', 'Is it ready?', '--dry-run', '--id', 'fo-2'],
    );
    await rehearsal.stage.settled();

    expect(stdout).toMatch(/^Asked for fo-2 \(dry-run, graceful\)$/m);
    expect((await cli('ls', 'dr-failover')).stdout).toMatch(/SUCCEEDED/);
  });
});

describe('signalbox failovers', () => {
  test('lists them by their ids, newest first, with the execution of each', async () => {
    const { stdout, exitCode } = await cli('failovers');
    const { failovers } = JSON.parse((await cli('--json', 'failovers')).stdout);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ID +SCENARIO +HOW +STARTED +OUTCOME +EXECUTION$/m);
    expect(stdout).toMatch(/^fo-1 +database +real, graceful +\S+Z +completed +\S+$/m);
    expect(failovers.map(({ failoverId }: { readonly failoverId: string }) => failoverId)).toEqual([
      'fo-2',
      'fo-1',
    ]);
    const { execution } = failovers[1];
    expect(await cli('describe', execution)).toMatchObject({ exitCode: 0 });
  });

  test('are in the list of executions by their ids, which stand for the executions', async () => {
    const { stdout } = await cli('ls');
    const { executions } = JSON.parse((await cli('--json', 'ls')).stdout);
    const described = await cli('--json', 'describe', 'fo-1');

    expect(stdout).toMatch(/^ID +NAME +STATE MACHINE/m);
    expect(stdout).toMatch(/^fo-1 +\S+ +\S+-dr-failover +SUCCEEDED/m);
    const listed = executions.find(({ id }: { readonly id?: string }) => id === 'fo-1');
    expect(JSON.parse(described.stdout).executionArn).toBe(listed.executionArn);
    expect(await cli('describe', 'fo-none')).toMatchObject({ exitCode: 3 });
  });
});

describe('signalbox seed', () => {
  test('brings stock and users once, however often it is called', async () => {
    const file = 'rehearsal/seed/first-stock.json';

    expect(await cli('seed', file)).toMatchObject({
      exitCode: 0,
      stdout: `Put 3 entries of ${file}\n`,
    });
    expect(await cli('seed', file)).toMatchObject({ exitCode: 0 });

    expect(await itemOf('InventoryTable', { sku: 'lamp' })).toEqual({ sku: 'lamp', available: 25 });
    expect(await itemOf('UsersTable', { userId: 'usr-shop' })).toMatchObject({ name: 'The shop' });
  });

  test('an adjustment takes no more than is there, and is not made anew under its id', async () => {
    const url = `${rehearsal.stage.apiUrl('OrdersApi')}/inventory/lamp`;
    const adjust = (adjustmentId: string, change: number) =>
      answer(url, { adjustmentId, change, reason: 'A count' }, 'PUT');

    expect(await adjust('count-1', -26)).toMatchObject({ status: 409, body: { available: 25 } });
    expect(await adjust('count-1', -5)).toMatchObject({ status: 200, body: { available: 20 } });
    expect(await adjust('count-1', -5)).toMatchObject({ status: 200, body: { available: 20 } });
    expect(await adjust('count-1', -6)).toMatchObject({
      status: 409,
      body: { message: 'The adjustment count-1 of lamp is already made, by -5' },
    });
  });
});

describe('signalbox reports empty', () => {
  test('asks whether it is meant, and deletes every version', async () => {
    expect(await cli('reports', 'empty')).toMatchObject({ exitCode: 2 });
    const { exitCode, stdout } = await cli('reports', 'empty', '--yes');

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Deleted [1-9]\d* versions and delete markers of /);
    expect((await cli('reports', 'empty', '--yes')).stdout).toMatch(/^Deleted 0 versions/);
  });
});

describe('freight', () => {
  test('waits for a carrier who is asked, and whose first word counts', async () => {
    await place('aborted-order');
    const url = `${rehearsal.stage.apiUrl('OrdersApi')}/orders/ord-aborted-order/shipment`;
    expect(typesOn('OrdersBus')).toContain('CarrierRequested');

    const first = await answer(url, { decision: 'accept', trackingId: 'FR-4711' });
    await rehearsal.stage.settled();
    const second = await answer(url, { decision: 'refuse', reason: 'Too heavy' });

    expect(first).toEqual({
      status: 200,
      body: { orderId: 'ord-aborted-order', status: 'BOOKED' },
    });
    expect(second).toMatchObject({ status: 409, body: { trackingId: 'FR-4711' } });
    expect(await itemOf('OrdersTable', { orderId: 'ord-aborted-order' })).toMatchObject({
      status: 'CONFIRMED',
      trackingId: 'FR-4711',
    });
  });
});

async function itemOf(table: string, Key: Readonly<Record<string, string>>): Promise<unknown> {
  const TableName = rehearsal.stage.physicalId(table);
  return (await tables.send(new GetCommand({ TableName, Key: { ...Key } }))).Item;
}

async function answer(url: string, body: object, method = 'POST'): Promise<object> {
  const response = await fetch(url, {
    method,
    headers: {
      'content-type': 'application/json',
      ...signedHeaders(rehearsal.stage, 'execute-api'),
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}
