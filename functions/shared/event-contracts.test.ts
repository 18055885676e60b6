import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { safeParse } from 'valibot';
import { OrderPlacedSchema } from '../orders/order-schema.ts';

interface BusEvent {
  readonly 'detail-type': string;
  readonly detail: Record<string, unknown>;
}

const schemaFiles = readdirSync('events', { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.schema.json'),
);
const eventNames = schemaFiles.map((file) => basename(file, '.schema.json'));

function folderOf(name: string): string {
  const file = schemaFiles.find((one) => basename(one, '.schema.json') === name) ?? '';
  return `events/${dirname(file)}`;
}

function readEvent(name: string): BusEvent {
  return JSON.parse(readFileSync(`${folderOf(name)}/${name}.json`, 'utf8'));
}

function schemaOf(name: string) {
  return new Ajv({ allErrors: true }).compile(
    JSON.parse(readFileSync(`${folderOf(name)}/${name}.schema.json`, 'utf8')),
  );
}

describe('the event contracts', () => {
  test.each(eventNames)('%s carries its file name in Pascal case as its detail-type', (name) => {
    const pascalCase = name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

    expect(readEvent(name)['detail-type']).toBe(pascalCase);
  });

  test.each(eventNames)('%s passes its own schema', (name) => {
    const validate = schemaOf(name);

    validate(readEvent(name));

    expect(validate.errors).toBeNull();
  });

  test.each(eventNames)('%s misses no field of its schema, and admits no other', (name) => {
    const validate = schemaOf(name);
    const event = readEvent(name);

    for (const field of Object.keys(event.detail).filter((key) => key !== 'note')) {
      const { [field]: _, ...rest } = event.detail;
      expect({ field, passes: validate({ ...event, detail: rest }) }).toEqual({
        field,
        passes: false,
      });
    }
    expect(validate({ ...event, detail: { ...event.detail, taskToken: 'AQ' } })).toBe(false);
  });
});

describe('OrderPlacedSchema', () => {
  const validate = schemaOf('order-placed');
  const event = readEvent('order-placed');

  function agreed(detail: unknown): boolean {
    const byJsonSchema = validate({ ...event, detail });
    const result = safeParse(OrderPlacedSchema, detail);
    // The sum is the one rule that JSON Schema cannot write.
    const onlyTheSum =
      !result.success &&
      result.issues.every(({ message }) => message === 'Is not the sum of the lines');
    expect({ detail, passes: result.success || onlyTheSum }).toEqual({
      detail,
      passes: byJsonSchema,
    });
    return byJsonSchema;
  }

  test('agrees with the JSON schema on every order in the scenarios', () => {
    const files = readdirSync('scenarios/orders/entries');
    const verdicts = files.map((file) => {
      const entries: { DetailType: string; Detail: string }[] = JSON.parse(
        readFileSync(`scenarios/orders/entries/${file}`, 'utf8'),
      );
      const orders = entries.filter(({ DetailType }) => DetailType === 'OrderPlaced');
      return [file, orders.every(({ Detail }) => agreed(JSON.parse(Detail)))] as const;
    });

    expect(verdicts.filter(([, passes]) => !passes).map(([file]) => file)).toEqual([
      'malformed-order.json',
      'oversized-order.json',
    ]);
  });

  test('agrees with the JSON schema on orders with any one value replaced', () => {
    const paths = pathsOf(event.detail);
    const values = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(
        '',
        'A',
        'a'.repeat(64),
        'a'.repeat(65),
        '😀'.repeat(120),
        '😀'.repeat(121),
        'EUR',
        'eur',
        'DE',
        'tok_a',
        'tok_',
        '2026-02-30T00:00:00Z',
        '2026-13-01T00:00:00Z',
        '2026-01-01T24:00:00Z',
        '2026-01-01T00:00:00.1234Z',
        '2026-01-01T00:00:00+01:00',
        -1,
        0,
        0.5,
        1,
        2,
        1_000,
        1_001,
        1e8,
        1e8 + 1,
        2 ** 53,
      ),
    );

    fc.assert(
      fc.property(fc.constantFrom(...paths), values, (path, value) => {
        agreed(replaced(event.detail, path, value));
      }),
      { numRuns: 2_000 },
    );
  });

  test('agrees with the JSON schema on orders with any one value left out', () => {
    for (const path of pathsOf(event.detail)) agreed(replaced(event.detail, path, undefined));
  });

  test('refuses a total that is not the sum, at its path', () => {
    const result = safeParse(OrderPlacedSchema, { ...event.detail, total: 1 });

    expect(result.issues?.map(({ path }) => path?.map(({ key }) => key))).toEqual([['total']]);
  });
});

type Path = readonly (string | number)[];

/** Every path inside a JSON value, the value's own excepted. */
function pathsOf(value: unknown): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]): Path[] => {
    const step = Array.isArray(value) ? Number(key) : key;
    return [[step], ...pathsOf(part).map((rest) => [step, ...rest])];
  });
}

/** The value with one part replaced, or left out where the replacement is undefined. */
function replaced(value: unknown, [step, ...rest]: Path, part: unknown): unknown {
  if (step === undefined) return part;
  if (Array.isArray(value)) {
    return value
      .map((old, index) => (index === step ? replaced(old, rest, part) : old))
      .filter((item) => item !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  return JSON.parse(
    JSON.stringify(
      Object.fromEntries(
        Object.entries(value).map(([key, old]) => [
          key,
          key === step ? replaced(old, rest, part) : old,
        ]),
      ),
    ),
  );
}
