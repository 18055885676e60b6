import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { BenchRow } from '../packages/signalbox/benchmarks/bench-row.ts';
import { allExecutions } from '../packages/signalbox/src/cli/find-execution.ts';
import type { ClientOptions } from '../packages/signalbox/src/core/client-options.ts';
import type { Json } from '../packages/signalbox/src/core/json.ts';
import type { App } from '../packages/signalbox/src/template/app.ts';
import { readExecutions } from '../tests/rehearsals/read-executions.ts';
import { openBench } from './open-bench.ts';

const ORDERS = 1000;
const BATCH = 10;
const LOOK_AGAIN_MS = 10;
const SKU = 'sku-bench';
const TRANSITIONS_PER_ORDER = 10;
const CPU_MS = 8;
const RESIDENT_MB = 250;
/** us-east-1, dollars per state transition of a Standard workflow. */
const TRANSITION_PRICE = 0.000025;

/** Sends happy orders through a rehearsal: how many a second, in how much memory, in how many transitions. */
export async function runOrdersBench(root: string): Promise<readonly BenchRow[]> {
  const { app, rehearsal, client } = await openBench(root);
  try {
    const machine = orderMachine(app);
    const seen = new Set<string>();
    await stock(client, app);
    await send(client, 0, BATCH); // warms every function
    await batchEnded(client, machine, seen);

    const cpuBefore = rehearsal.cpuSeconds();
    const startedAt = performance.now();
    for (let from = BATCH; from < BATCH + ORDERS; from += BATCH) {
      await send(client, from, BATCH);
      await batchEnded(client, machine, seen);
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const cpuMs = ((rehearsal.cpuSeconds() - cpuBefore) * 1000) / ORDERS;
    const residentMb = rehearsal.residentMb();
    const transitions = await countTransitions(client);
    return [
      {
        name: 'orders end to end',
        value: ORDERS / seconds,
        unit: 'orders/s',
        remark: `${ORDERS} orders, ${BATCH} at once`,
      },
      { name: 'CPU time of an order', value: cpuMs, unit: 'ms', atMost: CPU_MS, cpuMs },
      { name: 'resident after 1,000 orders', value: residentMb, unit: 'MB', atMost: RESIDENT_MB },
      {
        name: 'state transitions per happy order',
        value: transitions,
        unit: '',
        atMost: TRANSITIONS_PER_ORDER,
      },
      {
        name: 'AWS cost of 1,000 orders, transitions',
        value: transitions * 1000 * TRANSITION_PRICE,
        unit: '$',
      },
    ];
  } finally {
    await rehearsal.stop();
  }
}

function orderMachine({ stateMachines }: App): string {
  const machine = stateMachines.find(({ name }) => name.endsWith('order-processing'));
  if (machine === undefined) throw new Error('No state machine is named order-processing');
  return machine.arn;
}

async function stock(client: ClientOptions, app: App): Promise<void> {
  const TableName = app.tables.find(({ logicalId }) => logicalId === 'InventoryTable')?.name;
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(client));
  await tables.send(new PutCommand({ TableName, Item: { sku: SKU, available: 10 * ORDERS } }));
}

/** Looks until a batch of new executions has ended; `seen` remembers those of earlier batches. */
async function batchEnded(
  client: ClientOptions,
  stateMachineArn: string,
  seen: Set<string>,
): Promise<void> {
  const states = new SFNClient(client);
  for (;;) {
    const page = new ListExecutionsCommand({ stateMachineArn, maxResults: BATCH });
    const { executions = [] } = await states.send(page);
    const fresh = executions.filter(({ executionArn = '' }) => !seen.has(executionArn));
    if (fresh.length === BATCH && fresh.every(({ status }) => status !== 'RUNNING')) {
      for (const { executionArn = '' } of fresh) seen.add(executionArn);
      return;
    }
    await delay(LOOK_AGAIN_MS);
  }
}

async function send(client: ClientOptions, from: number, count: number): Promise<void> {
  const [sample]: readonly { readonly Detail: string; readonly [key: string]: string }[] =
    JSON.parse(
      readFileSync(join(process.cwd(), 'scenarios/orders/entries/happy-order.json'), 'utf8'),
    );
  const detail: Readonly<Record<string, Json>> = JSON.parse(sample?.Detail ?? '{}');
  const lines = [{ sku: SKU, quantity: 1, unitPrice: 1000 }];
  const Entries = Array.from({ length: count }, (_, index) => ({
    ...sample,
    Detail: JSON.stringify({ ...detail, orderId: `ord-bench-${from + index}`, lines, total: 1000 }),
  }));
  const answer = await new EventBridgeClient(client).send(new PutEventsCommand({ Entries }));
  if (answer.FailedEntryCount !== 0) throw new Error(`Refused: ${JSON.stringify(answer.Entries)}`);
}

async function countTransitions(client: ClientOptions): Promise<number> {
  const states = new SFNClient(client);
  const all = await allExecutions(states);
  const failed = all.find(({ status }) => status !== 'SUCCEEDED');
  if (failed !== undefined) throw new Error(`${failed.executionArn} ended ${failed.status}`);
  const [last] = await readExecutions(states, (arn) => arn === all[0]?.executionArn);
  return last?.path.length ?? Number.NaN;
}
