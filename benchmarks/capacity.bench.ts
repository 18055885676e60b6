import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { BenchRow } from '../packages/signalbox/benchmarks/bench-row.ts';
import { allExecutions } from '../packages/signalbox/src/cli/find-execution.ts';
import type { ClientOptions } from '../packages/signalbox/src/core/client-options.ts';
import type { App } from '../packages/signalbox/src/template/app.ts';
import { openBench } from './open-bench.ts';

/** Minutes of the peak hour that are played: its mix, not its length. */
const MINUTES = 1;
const MONTH_MINUTES = 30 * 24 * 60;
/** Readers at the same time. */
const READERS = 8;
const LOOK_AGAIN_MS = 100;
const SKU = 'sku-capacity';
const USER = 'usr-capacity';

/** How much of each kind the minutes have. */
interface Mix {
  readonly orders: number;
  readonly declined: number;
  readonly strangeEvents: number;
  readonly reads: number;
}

/** Plays the mix of ×1's peak hour of docs/capacity.json: what was lost, and how long reads took. */
export async function runCapacityBench(root: string): Promise<readonly BenchRow[]> {
  const mix = readMix(root);
  const { app, rehearsal, client } = await openBench(root);
  try {
    await stock(client, app, mix);
    const read = readerOf(rehearsal.url, app);
    await read(); // warms its function
    const cpuBefore = rehearsal.cpuSeconds();
    const [, latencies] = await Promise.all([sendAll(client, app, mix), readAll(read, mix)]);
    const ended = await endedOrders(client, mix.orders);
    const cpuMs = (rehearsal.cpuSeconds() - cpuBefore) * 1000;
    const failedReads = mix.reads - latencies.length;
    const remark = `${mix.orders} orders, ${mix.reads} reads, ${mix.strangeEvents} events of others`;
    return [
      { name: 'lost orders', value: mix.orders - ended, unit: '', atMost: 0, remark },
      { name: 'failed reads', value: failedReads, unit: '', atMost: 0 },
      { name: 'read, median', value: percentile(latencies, 50), unit: 'ms' },
      { name: 'read, 99th percentile', value: percentile(latencies, 99), unit: 'ms' },
      { name: 'CPU time of a peak minute', value: cpuMs, unit: 'ms', cpuMs },
    ];
  } finally {
    await rehearsal.stop();
  }
}

function readMix(root: string): Mix {
  const n: Readonly<Record<string, number>> = JSON.parse(
    readFileSync(`${root}/docs/capacity.json`, 'utf8'),
  );
  const of = (name: string): number => n[name] ?? Number.NaN;
  const share = (MINUTES / MONTH_MINUTES) * of('peakFactor');
  const views = of('pageViewsAMonth') * share;
  const orders = Math.ceil(views * of('orderShareOfPageViews'));
  return {
    orders,
    declined: Math.ceil(orders * of('failedShareOfOrders')),
    strangeEvents: orders * of('eventsAnOrder'),
    reads: Math.ceil(
      views * of('requestsAPageView') * (1 - of('staticShare')) * (1 - of('pageHitRate')),
    ),
  };
}

async function stock(client: ClientOptions, app: App, { orders }: Mix): Promise<void> {
  const TableName = app.tables.find(({ logicalId }) => logicalId === 'InventoryTable')?.name;
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(client));
  await tables.send(new PutCommand({ TableName, Item: { sku: SKU, available: orders } }));
}

async function sendAll(client: ClientOptions, app: App, mix: Mix): Promise<void> {
  const bus = new EventBridgeClient(client);
  const busName = app.eventBuses.find(({ logicalId }) => logicalId === 'OrdersBus')?.name;
  const [sample] = JSON.parse(readFileSync('scenarios/orders/entries/happy-order.json', 'utf8'));
  const detail = JSON.parse(sample.Detail);
  const lines = [{ sku: SKU, quantity: 1, unitPrice: 1000 }];
  const orders = Array.from({ length: mix.orders }, (_, at) => ({
    ...sample,
    Detail: JSON.stringify({
      ...detail,
      ...{ orderId: `ord-capacity-${at}`, userId: USER, lines, total: 1000 },
      payment: { cardToken: at < mix.declined ? 'tok_decline' : 'tok_approve' },
    }),
  }));
  const strange = Array.from({ length: mix.strangeEvents }, (_, at) => ({
    ...{ EventBusName: busName, Source: 'shop.web', DetailType: 'PageViewed' },
    Detail: JSON.stringify({ at }),
  }));
  const entries = [...orders, ...strange];
  for (let from = 0; from < entries.length; from += 10) {
    const Entries = entries.slice(from, from + 10);
    const { FailedEntryCount } = await bus.send(new PutEventsCommand({ Entries }));
    if (FailedEntryCount !== 0) throw new Error('The bus refused an event');
  }
}

/** Reads a page of orders through the HTTP API, as the web tier does; returns whether it was answered well. */
function readerOf(url: string, { httpApis, region }: App): () => Promise<boolean> {
  const api = httpApis.find(({ path }) => path === 'Orders/OrdersApi');
  const scope = `bench/20260101/${region}/execute-api/aws4_request`;
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
  };
  return async () => {
    const page = `${url}/_aws/execute-api/${api?.id}/users/${USER}/orders`;
    const answer = await fetch(page, { headers });
    await answer.arrayBuffer();
    return answer.ok;
  };
}

/** Returns the milliseconds of each read that was answered well. */
async function readAll(read: () => Promise<boolean>, { reads }: Mix): Promise<readonly number[]> {
  const latencies: number[] = [];
  let left = reads;
  const reader = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const startedAt = performance.now();
      if (await read()) latencies.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return latencies.sort((a, b) => a - b);
}

/** Waits until no order runs; returns how many have ended. */
async function endedOrders(client: ClientOptions, orders: number): Promise<number> {
  const states = new SFNClient(client);
  for (let looks = 0; looks < 600; looks += 1) {
    const all = (await allExecutions(states)).filter(({ executionArn = '' }) =>
      executionArn.includes('order-processing'),
    );
    const ended = all.filter(({ status }) => status !== 'RUNNING').length;
    if (ended >= orders) return ended;
    await delay(LOOK_AGAIN_MS);
  }
  return 0;
}

function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}
