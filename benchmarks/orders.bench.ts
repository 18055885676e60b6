import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { readExecutions } from '../local/cli/rehearsal/read-executions.ts';
import type { Stage } from '../local/cli/rehearsal/stage.ts';
import { stageOf } from '../local/cli/rehearsal/stage-of.ts';
import type { Json } from '../local/json.ts';
import { createRuntime } from '../local/runtime/runtime.ts';
import type { BenchRow } from './bench-row.ts';

const ORDERS = 1000;
const BATCH = 10;
const SKU = 'sku-bench';
const TRANSITIONS_PER_ORDER = 10;
const RESIDENT_MB = 300;
/** us-east-1, dollars per state transition of a Standard workflow. */
const TRANSITION_PRICE = 0.000025;

/** Sends happy orders through the whole rehearsal: how many a second, in how much memory, in how many transitions. */
export async function runOrdersBench(root: string): Promise<readonly BenchRow[]> {
  const runtime = await createRuntime({ root, port: 0, time: 'skip', say: () => {} });
  try {
    const stage = stageOf(runtime);
    await stock(stage);
    await send(stage, 0, BATCH); // warms every function
    await runtime.settled();

    const startedAt = performance.now();
    for (let from = BATCH; from < BATCH + ORDERS; from += BATCH) {
      await send(stage, from, BATCH);
      if (from % 100 === 0) await runtime.settled();
    }
    await runtime.settled();
    const seconds = (performance.now() - startedAt) / 1000;
    const residentMb = process.memoryUsage.rss() / 1e6;
    const transitions = await countTransitions(stage);
    return [
      {
        name: 'orders end to end',
        value: ORDERS / seconds,
        unit: 'orders/s',
        remark: `${ORDERS} orders`,
      },
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
    await runtime.close();
  }
}

async function stock(stage: Stage): Promise<void> {
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(stage.client));
  const Item = { sku: SKU, available: 10 * ORDERS };
  await tables.send(new PutCommand({ TableName: stage.physicalId('InventoryTable'), Item }));
}

async function send(stage: Stage, from: number, count: number): Promise<void> {
  const [sample]: readonly { readonly Detail: string; readonly [key: string]: string }[] =
    JSON.parse(readFileSync(join(process.cwd(), 'events/put-events/happy-order.json'), 'utf8'));
  const detail: Readonly<Record<string, Json>> = JSON.parse(sample?.Detail ?? '{}');
  const lines = [{ sku: SKU, quantity: 1, unitPrice: 1000 }];
  const Entries = Array.from({ length: count }, (_, index) => ({
    ...sample,
    Detail: JSON.stringify({ ...detail, orderId: `ord-bench-${from + index}`, lines, total: 1000 }),
  }));
  const answer = await new EventBridgeClient(stage.client).send(new PutEventsCommand({ Entries }));
  if (answer.FailedEntryCount !== 0) throw new Error(`Refused: ${JSON.stringify(answer.Entries)}`);
}

async function countTransitions(stage: Stage): Promise<number> {
  const executions = await readExecutions(new SFNClient(stage.client), () => true);
  const failed = executions.find(({ status }) => status !== 'SUCCEEDED');
  if (failed !== undefined) throw new Error(`An order ended ${failed.status}: ${failed.cause}`);
  return Math.max(...executions.map(({ path }) => path.length));
}
