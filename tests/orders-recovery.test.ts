import { readFileSync } from 'node:fs';
import {
  BatchWriteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  RestoreTableToPointInTimeCommand,
  ScanCommand,
  type ScanCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { playScenario } from '../packages/signalbox/src/scenarios/play-scenario.ts';
import { readScenarios } from '../packages/signalbox/src/scenarios/read-scenarios.ts';
import { scenarioFields } from '../rehearsal/scenarios/scenario-fields.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

/** The name that the runbook gives the table beside. */
const RESTORED = 'orders-restored';

let rehearsal: StartedRehearsal;
let tables: DynamoDBClient;
let ordersTable: string;
let before: ScanCommandOutput['Items'];
let lostAt: Date;

beforeAll(async () => {
  rehearsal = await startRehearsal();
  const { stage } = rehearsal;
  tables = new DynamoDBClient(stage.client);
  ordersTable = stage.physicalId('OrdersTable');
  for (const scenario of readScenarios(process.cwd(), [scenarioFields])) {
    if (!['happy-order', 'declined-card'].some((name) => scenario.file.includes(name))) continue;
    await playScenario(process.cwd(), stage, scenario);
  }
  await stage.toNextStart();
  before = await itemsOf(ordersTable);
  lostAt = stage.now();
});
afterAll(() => rehearsal?.runtime.close());

async function itemsOf(TableName: string): Promise<ScanCommandOutput['Items']> {
  const { Items = [] } = await tables.send(new ScanCommand({ TableName, ConsistentRead: true }));
  return Items.toSorted((a, b) => String(a['orderId']?.S).localeCompare(String(b['orderId']?.S)));
}

describe('the runbook of a table that has lost items', () => {
  test('restores the table beside itself, to the minute before', async () => {
    expect(before?.length).toBeGreaterThan(1);
    await loseEverything();
    await rehearsal.stage.toNextStart();
    expect(await itemsOf(ordersTable)).toEqual([]);

    await tables.send(
      new RestoreTableToPointInTimeCommand({
        SourceTableName: ordersTable,
        TargetTableName: RESTORED,
        RestoreDateTime: lostAt,
      }),
    );

    expect(await itemsOf(RESTORED)).toEqual(before);
  });

  test('puts back what is missing, and leaves what was written since', async () => {
    const [first, ...others] = before ?? [];
    const newer = { ...first, note: { S: 'written since' } };
    await tables.send(new PutItemCommand({ TableName: ordersTable, Item: newer }));

    for (const Item of (await itemsOf(RESTORED)) ?? []) {
      const put = new PutItemCommand({
        TableName: ordersTable,
        Item,
        ConditionExpression: 'attribute_not_exists(orderId)',
      });
      await tables.send(put).catch((error: unknown) => {
        expect(error).toMatchObject({ name: 'ConditionalCheckFailedException' });
      });
    }

    expect(await itemsOf(ordersTable)).toEqual([newer, ...others]);
  });

  test('is written as it is played here', () => {
    const runbook = readFileSync('docs/runbooks/orders-recovery.md', 'utf8');

    expect(runbook).toContain(`--target-table-name ${RESTORED} --restore-date-time`);
    expect(runbook).toContain('attribute_not_exists(orderId)');
  });
});

async function loseEverything(): Promise<void> {
  const requests = (before ?? []).map(({ orderId }) => ({
    DeleteRequest: { Key: { orderId: orderId ?? { S: '' } } },
  }));
  await tables.send(new BatchWriteItemCommand({ RequestItems: { [ordersTable]: requests } }));
}
