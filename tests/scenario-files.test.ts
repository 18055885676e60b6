import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, test } from '@jest/globals';

interface Entry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly EventBusName: string;
}

interface Scenario {
  readonly title: string;
  readonly order: number;
  readonly workflow: string;
  readonly entries: string;
  readonly decide?: { readonly state: string };
  readonly timeOutIn?: string;
  readonly stopIn?: string;
  readonly expect: {
    readonly executions: readonly { readonly status: string; readonly lastState?: string }[];
    readonly stock: Readonly<Record<string, number>>;
  };
}

interface Detail {
  readonly orderId: string;
  readonly userId: string;
  readonly lines: readonly { readonly sku: string }[];
}

interface Seed {
  readonly InventoryTable: readonly { readonly sku: string; readonly available: number }[];
  readonly UsersTable: readonly { readonly userId: string }[];
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(`scenarios/${file}`, 'utf8'));
}

const files = readdirSync('scenarios', { recursive: true, encoding: 'utf8' });
const all = files
  .filter((file) => /^[\w-]+\/[\w-]+\.json$/.test(file))
  .map((file) => [file, readJson<Scenario>(file)] as const);
const scenarios = all.filter(([, { workflow }]) => workflow === 'OrderProcessingStateMachine');
const seed = readJson<Seed>('seed.json');

function detailsOf({ entries }: Scenario): readonly Detail[] {
  return readJson<Entry[]>(`orders/${entries}`).map(({ Detail: text }) => JSON.parse(text));
}

describe('the scenarios of orders', () => {
  test('play every file of entries, those of the orders once, in the order of their numbers', () => {
    const played = scenarios.map(([, { entries }]) => entries);
    const text = all.map(([file]) => readFileSync(`scenarios/${file}`, 'utf8')).join();
    const orders = all.map(([, { order }]) => order);

    expect(new Set(played).size).toBe(played.length);
    for (const file of files.filter((one) => one.includes('/entries/'))) {
      expect(text).toContain(`"entries/${basename(file)}"`);
    }
    expect(new Set(orders).size).toBe(orders.length);
  });

  test.each(scenarios)('%s is what PutEvents takes', (_, { entries: file }) => {
    const entries = readJson<Entry[]>(`orders/${file}`);

    expect(entries.length).toBeLessThanOrEqual(10);
    for (const entry of entries) {
      expect(entry).toEqual({
        Source: 'signalbox.orders',
        DetailType: 'OrderPlaced',
        Detail: expect.any(String),
        EventBusName: 'signalbox-local-orders',
      });
      expect(Buffer.byteLength(JSON.stringify(entry))).toBeLessThan(1_048_576);
    }
  });

  test.each(scenarios)('%s has orders and stock of its own, that are there', (file, scenario) => {
    const details = detailsOf(scenario);
    const others = scenarios
      .filter(([other]) => other !== file)
      .flatMap(([, other]) => detailsOf(other));

    for (const { orderId, userId, lines } of details) {
      expect(others.map((other) => other.orderId)).not.toContain(orderId);
      expect(seed.UsersTable.map((user) => user.userId)).toContain(userId);
      for (const { sku } of lines) {
        expect(others.flatMap((other) => other.lines.map((line) => line.sku))).not.toContain(sku);
        expect(seed.InventoryTable.map((item) => item.sku)).toContain(sku);
        expect(Object.keys(scenario.expect.stock)).toContain(sku);
      }
    }
  });

  test('name states that there are', () => {
    const definition = readFileSync('statemachines/order-processing/definition.asl.yaml', 'utf8');
    const named = scenarios.flatMap(([, { decide, timeOutIn, stopIn, expect: expected }]) => [
      decide?.state,
      timeOutIn,
      stopIn,
      ...expected.executions.map(({ lastState }) => lastState),
    ]);

    for (const state of named.filter((name) => name !== undefined)) {
      expect(definition).toContain(`\n  ${state}:\n`);
    }
  });

  test('include an event that the bus takes and Step Functions cannot', () => {
    const [entry] = readJson<Entry[]>('orders/entries/oversized-order.json');

    expect(Buffer.byteLength(entry?.Detail ?? '')).toBeGreaterThan(262_144);
  });
});

describe('the inputs', () => {
  test('are there for every function', () => {
    const handlers = readdirSync('functions', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('/handler.ts'))
      .map((file) => `${dirname(file)}.json`);
    const inputs = readdirSync('events/invoke', { recursive: true, encoding: 'utf8' });

    expect(inputs.filter((file) => file.endsWith('.json')).sort()).toEqual(handlers.sort());
  });
});
