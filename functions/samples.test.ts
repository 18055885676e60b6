import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, test } from '@jest/globals';

interface Entry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly EventBusName: string;
}

interface Sample {
  readonly title: string;
  /** Missing where it is about orders. */
  readonly workflow?: string;
  readonly entries: string;
  readonly answer?: { readonly state: string; readonly decision: string };
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

interface World {
  readonly InventoryTable: readonly { readonly sku: string; readonly available: number }[];
  readonly UsersTable: readonly { readonly userId: string }[];
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(`events/${file}`, 'utf8'));
}

const all = readdirSync('events/samples').map(
  (file) => [file, readJson<Sample>(`samples/${file}`)] as const,
);
const samples = all.filter(([, { workflow }]) => workflow === undefined);
const world = readJson<World>('world.json');

function detailsOf({ entries }: Sample): readonly Detail[] {
  return readJson<Entry[]>(entries).map(({ Detail: text }) => JSON.parse(text));
}

describe('the samples of orders', () => {
  test('play every file of entries, those of the orders once, in the order of their numbers', () => {
    const files = samples.map(([, { entries }]) => entries);
    const text = all.map(([file]) => readFileSync(`events/samples/${file}`, 'utf8')).join();

    expect(new Set(files).size).toBe(files.length);
    for (const file of readdirSync('events/put-events')) {
      expect(text).toContain(`"put-events/${file}"`);
    }
    expect(all.map(([file]) => Number(file.slice(0, 2)))).toEqual(all.map((_, index) => index + 1));
  });

  test.each(samples)('%s is what PutEvents takes', (_, { entries: file }) => {
    const entries = readJson<Entry[]>(file);

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

  test.each(samples)('%s has orders and stock of its own, that are there', (file, sample) => {
    const details = detailsOf(sample);
    const others = samples
      .filter(([other]) => other !== file)
      .flatMap(([, other]) => detailsOf(other));

    for (const { orderId, userId, lines } of details) {
      expect(others.map((other) => other.orderId)).not.toContain(orderId);
      expect(world.UsersTable.map((user) => user.userId)).toContain(userId);
      for (const { sku } of lines) {
        expect(others.flatMap((other) => other.lines.map((line) => line.sku))).not.toContain(sku);
        expect(world.InventoryTable.map((item) => item.sku)).toContain(sku);
        expect(Object.keys(sample.expect.stock)).toContain(sku);
      }
    }
  });

  test('name states that there are', () => {
    const definition = readFileSync('statemachines/order-processing.asl.yaml', 'utf8');
    const named = samples.flatMap(([, { answer, stopIn, expect: expected }]) => [
      answer?.state,
      stopIn,
      ...expected.executions.map(({ lastState }) => lastState),
    ]);

    for (const state of named.filter((name) => name !== undefined)) {
      expect(definition).toContain(`\n  ${state}:\n`);
    }
  });

  test('include an event that the bus takes and Step Functions cannot', () => {
    const [entry] = readJson<Entry[]>('put-events/oversized-order.json');

    expect(Buffer.byteLength(entry?.Detail ?? '')).toBeGreaterThan(262_144);
  });
});

describe('the inputs', () => {
  test('are there for every function', () => {
    const handlers = readdirSync('functions', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('/handler.ts'))
      .map((file) => `${basename(dirname(file))}.json`);

    expect(readdirSync('events/invoke').sort()).toEqual(handlers.sort());
  });
});
