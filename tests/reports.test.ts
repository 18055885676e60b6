import { readFileSync } from 'node:fs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Json } from '../packages/signalbox/src/core/json.ts';
import { valueAt } from '../packages/signalbox/src/index.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';
import { startWebServer, type WebServer } from './rehearsals/web-server.ts';
import { WITH_REPORTS } from './rehearsals/with-reports.ts';

let rehearsal: StartedRehearsal;

beforeAll(async () => {
  rehearsal = await startRehearsal({ parameterOverrides: WITH_REPORTS });
  await rehearsal.runtime.settled();
});
afterAll(() => rehearsal?.runtime.close());

async function invoke(logicalId: string, event: object = {}): Promise<Json> {
  const { client, physicalId } = rehearsal.stage;
  const { Payload = new Uint8Array() } = await new LambdaClient(client).send(
    new InvokeCommand({
      FunctionName: physicalId(logicalId),
      Payload: new TextEncoder().encode(JSON.stringify(event)),
    }),
  );
  await rehearsal.runtime.settled();
  return JSON.parse(new TextDecoder().decode(Payload));
}

/** What a report answers. */
async function report(
  logicalId: string,
  queryStringParameters: Record<string, string> = {},
): Promise<Json> {
  const answer = await invoke(logicalId, { queryStringParameters });
  return JSON.parse(String(valueAt(answer, 'body')));
}

async function put(DetailType: string, detail: object): Promise<void> {
  const { client, physicalId } = rehearsal.stage;
  const entry = {
    EventBusName: physicalId('OrdersBus'),
    Source: 'signalbox.orders',
    DetailType,
    Detail: JSON.stringify({ version: 1, ...detail }),
  };
  await new EventBridgeClient(client).send(new PutEventsCommand({ Entries: [entry] }));
  await rehearsal.runtime.settled();
}

const confirmed = (orderId: string, userId: string, total: number, confirmedAt: string) =>
  put('OrderConfirmed', { orderId, userId, confirmedAt, currency: 'EUR', total });

/** What happened is in the archive by then for sure. */
async function anHour(): Promise<void> {
  const { skippingClock: clock } = rehearsal.runtime;
  if (clock === undefined) throw new TypeError('It runs in real time');
  const later = clock.now().getTime() + 3_600_000;
  await new Promise<void>((resolve) => void clock.at(later, resolve));
}

async function execute(sql: string): Promise<void> {
  const { client } = rehearsal.stage;
  const { nestedStacks } = rehearsal.runtime.app();
  const outputs = nestedStacks.find(({ path }) => path === 'DataTier')?.outputs ?? {};
  await new RDSDataClient(client).send(
    new ExecuteStatementCommand({
      resourceArn: outputs['DatabaseClusterArn'],
      secretArn: outputs['DatabaseSecretArn'],
      database: 'web',
      sql,
    }),
  );
}

describe('the reports', () => {
  test('have a schema as soon as they are deployed, and no migration twice', async () => {
    expect(await invoke('MigrateReportsFunction')).toEqual({ applied: [] });
  });

  test('count the orders of a user by name', async () => {
    const { client } = rehearsal.stage;
    const entries = JSON.parse(readFileSync('scenarios/orders/entries/happy-order.json', 'utf8'));
    const Entries = [entries].flat();
    await new EventBridgeClient(client).send(new PutEventsCommand({ Entries }));
    await rehearsal.runtime.settled();

    const { users } = Object(await report('GetOrderCountsFunction'));
    expect(users).toEqual([{ userId: 'usr-ada', name: 'Ada Byron', orders: 1, confirmed: 1 }]);
  });

  test('take an event once, and the later of two', async () => {
    await put('OrderFailed', {
      orderId: 'ord-late',
      userId: 'usr-bob',
      failedAt: '2026-01-02T10:00:00.000Z',
      reason: { error: 'PaymentDeclinedError', cause: '' },
      compensationFailures: [],
    });
    await confirmed('ord-late', 'usr-bob', 500, '2026-01-01T10:00:00.000Z');
    await confirmed('ord-bob', 'usr-bob', 700, '2026-01-01T10:00:00.000Z');
    await confirmed('ord-bob', 'usr-bob', 700, '2026-01-01T10:00:00.000Z');

    const { users } = Object(await report('GetOrderCountsFunction'));
    expect(users).toContainEqual({ userId: 'usr-bob', name: 'usr-bob', orders: 2, confirmed: 1 });
  });

  test('tell of one user, and of none', async () => {
    const userReport = (userId: string) =>
      invoke('GetUserReportFunction', { pathParameters: { userId } });

    const { statusCode, body } = Object(await userReport('usr-bob'));
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toEqual({
      userId: 'usr-bob',
      name: 'usr-bob',
      orders: 2,
      confirmed: 1,
      lastOrderAt: '2026-01-02T10:00:00.000Z',
    });
    expect(await userReport('usr-nobody')).toMatchObject({ statusCode: 404 });
  });

  test('know a user by the latest name that was told', async () => {
    const bob = { userId: 'usr-bob', email: 'bob@example.com', changedAt: '2026-01-03T10:00:00Z' };
    await put('UserChanged', { ...bob, userVersion: 2, name: 'Bob' });
    await put('UserChanged', { ...bob, userVersion: 1, name: 'Robert' });
    await confirmed('ord-eve', 'usr-eve', 100, '2026-01-03T11:00:00.000Z');

    const first = Object(await report('GetOrderCountsFunction', { limit: '2' }));
    expect(first.users.map(({ name }: { name: string }) => name)).toEqual(['Ada Byron', 'Bob']);
    const second = Object(
      await report('GetOrderCountsFunction', { limit: '2', nextToken: first.nextToken }),
    );
    expect(second).toEqual({ users: [expect.objectContaining({ name: 'usr-eve' })] });
  });

  test('hear of a user that is written through the API', async () => {
    const file = readFileSync('events/invoke/orders/put-user.json', 'utf8');
    const request = { ...JSON.parse(file), body: '{"name":"Zoe"}' };
    request.pathParameters = { userId: 'usr-zoe' };
    expect(await invoke('PutUserFunction', request)).toMatchObject({ statusCode: 200 });

    const { users } = Object(await report('GetOrderCountsFunction'));
    expect(users).toContainEqual({ userId: 'usr-zoe', name: 'Zoe', orders: 0, confirmed: 0 });
  });

  test('add up what each month brought', async () => {
    const { revenue } = Object(
      await report('GetMonthlyRevenueFunction', { from: '2026-01', to: '2026-01' }),
    );
    expect(revenue).toEqual([{ month: '2026-01', currency: 'EUR', orders: 3, total: '7100' }]);
  });

  test('are made anew from the archive by one command, and end as they were', async () => {
    const before = await report('GetOrderCountsFunction');
    await execute('DELETE FROM orders');
    await anHour();

    expect(await invoke('RebuildReportsFunction')).toEqual({
      replayArn: expect.stringContaining(':replay/reports-'),
    });
    expect(await report('GetOrderCountsFunction')).toEqual(before);
  });
});

describe('the server of the web tier', () => {
  let server: WebServer;

  beforeAll(async () => {
    const { url } = rehearsal.runtime;
    const { httpApis } = rehearsal.runtime.app();
    const apiUrl = (path: string) =>
      `${url}/_aws/execute-api/${httpApis.find((api) => api.path === path)?.id}`;
    server = await startWebServer({
      ORDERS_API_URL: apiUrl('Orders/OrdersApi'),
      REPORTS_API_URL: apiUrl('Reports/ReportsApi'),
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
  });
  afterAll(() => server?.close());

  const get = async (path: string) => {
    const answer = await fetch(`${server.url}${path}`);
    return { status: answer.status, text: await answer.text() };
  };

  test('is well, for the load balancer', async () => {
    expect(await get('/health')).toMatchObject({
      status: 200,
      text: expect.stringContaining('"status":"ok"'),
    });
  });

  test('shows how many orders each user has, and the orders of one', async () => {
    const counts = await get('/');
    expect(counts.text).toMatch(/<td>Ada Byron<\/td><td>1<\/td>/);
    const orders = await get('/users/usr-ada/orders');
    expect(orders).toMatchObject({ status: 200, text: expect.stringMatching(/CONFIRMED.*63\.00/) });
  });

  test('passes on what an API refuses, and knows nothing else', async () => {
    expect(await get('/?nextToken=e30')).toMatchObject({ status: 400 });
    expect(await get('/users/%2e%2e/orders')).toMatchObject({ status: 404 });
    expect((await fetch(`${server.url}/`, { method: 'POST' })).status).toBe(405);
  });
});

describe('the server of the web tier where no API is configured', () => {
  test('is well, and says that it shows nothing', async () => {
    const server = await startWebServer({ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' });
    try {
      expect((await fetch(`${server.url}/health`)).status).toBe(200);
      expect((await fetch(`${server.url}/`)).status).toBe(503);
    } finally {
      await server.close();
    }
  });
});
