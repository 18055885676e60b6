import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readHistory } from '../packages/signalbox/src/cli/commands/history.ts';
import { allExecutions } from '../packages/signalbox/src/cli/find-execution.ts';
import type { CallRecord } from '../packages/signalbox/src/endpoint/registry.ts';
import { playScenario } from '../packages/signalbox/src/scenarios/play-scenario.ts';
import { readScenarios } from '../packages/signalbox/src/scenarios/read-scenarios.ts';
import { scenarioFields } from '../rehearsal/scenarios/scenario-fields.ts';
import { flawsOf } from './history-flaws.ts';
import { judgeCalls } from './permissions/refused-calls.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

type Item = Readonly<Record<string, unknown>>;

interface Line {
  readonly sku: string;
  readonly quantity: number;
}

/** The order whose refund the provider refuses: its money stays until a person gives it back. */
const NOT_REFUNDED = 'ord-refund-fails';

let rehearsal: StartedRehearsal;
const calls: CallRecord[] = [];

beforeAll(async () => {
  rehearsal = await startRehearsal({ onCall: (call) => void calls.push(call) });
});
afterAll(() => rehearsal?.runtime.close());

describe('the scenarios', () => {
  test.each(readScenarios(process.cwd(), [scenarioFields]))('$name: $title', async (scenario) => {
    const { stage } = rehearsal;
    const { differences } = await playScenario(process.cwd(), stage, scenario);
    expect(differences).toEqual([]);
  });
});

describe('what there is after the scenarios', () => {
  test('has the money of the confirmed orders, and of the one whose refund fails', async () => {
    const orders = await playedOrders();
    const paid = orders.filter(
      ({ orderId, status }) => status === 'CONFIRMED' || orderId === NOT_REFUNDED,
    );
    const value = paid.reduce((sum, { total }) => sum + Number(total), 0);
    expect(paid.length).toBeGreaterThan(5);
    expect(rehearsal.runtime.simulatedResources.show('payments')).toMatchObject({
      payments: { net: { EUR: value } },
    });
  });

  test('has lost no piece: the stock and the confirmed orders make up what was seeded', async () => {
    const seed: { readonly InventoryTable: readonly Item[] } = JSON.parse(
      readFileSync('scenarios/seed.json', 'utf8'),
    );
    const pieces = piecesBySku(await itemsOf('InventoryTable'));
    const sold = (await playedOrders())
      .filter(({ status }) => status === 'CONFIRMED')
      .flatMap(({ lines }) => linesOf(lines));
    for (const { sku, quantity } of sold) pieces[sku] = (pieces[sku] ?? 0) + quantity;
    expect(pieces).toEqual(piecesBySku(seed.InventoryTable));
  });

  test('has reservations for confirmed orders only', async () => {
    const orders = await playedOrders();
    const confirmed = orders.filter(({ status }) => status === 'CONFIRMED');
    const held = (await itemsOf('ReservationsTable')).filter(({ status }) => status === 'RESERVED');
    expect(idsOf(held)).toEqual(idsOf(confirmed));
  });

  test('has no order half-way and no execution running', async () => {
    const statuses = (await playedOrders()).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set(['CONFIRMED', 'FAILED']));
    const executions = await allExecutions(new SFNClient(rehearsal.stage.client));
    expect(executions.filter(({ status }) => status === 'RUNNING')).toEqual([]);
  });

  test('has histories whose events are numbered without a gap and point back', async () => {
    const client = new SFNClient(rehearsal.stage.client);
    for (const { executionArn = '', status } of await allExecutions(client)) {
      const events = await readHistory(client, executionArn);
      expect({ executionArn, flaws: flawsOf(events, status) }).toEqual({ executionArn, flaws: [] });
    }
  });

  test('has made no call that the roles of the template do not allow', () => {
    const { roles, refused } = judgeCalls(calls, rehearsal.runtime.app());
    expect(roles.size).toBeGreaterThan(18);
    expect(refused).toEqual([]);
  });

  test('has seen no bug of the rehearsal', () => {
    expect(rehearsal.said.filter((line) => /bug|lost|Error/.test(line))).toEqual([]);
  });
});

/** The orders of the scenarios; those that `events/invoke` is about are seeded half-way. */
async function playedOrders(): Promise<readonly Item[]> {
  const orders = await itemsOf('OrdersTable');
  return orders.filter(({ orderId }) => !String(orderId).startsWith('ord-invoke-'));
}

async function itemsOf(logicalId: string): Promise<readonly Item[]> {
  const { client: options, physicalId } = rehearsal.stage;
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(options));
  const items: Item[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: physicalId(logicalId) }))
    items.push(...Items);
  return items;
}

function idsOf(items: readonly Item[]): readonly string[] {
  return items.map(({ orderId }) => String(orderId)).sort();
}

function piecesBySku(inventory: readonly Item[]): Record<string, number> {
  return Object.fromEntries(
    inventory.map(({ sku, available }) => [String(sku), Number(available)]),
  );
}

function linesOf(value: unknown): readonly Line[] {
  if (Array.isArray(value)) return value;
  throw new TypeError(`An order without lines: ${JSON.stringify(value)}`);
}
