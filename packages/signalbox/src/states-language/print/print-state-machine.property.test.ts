import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../core/json.ts';
import { problemText } from '../../core/result.ts';
import type { StateMachine } from '../ast.ts';
import { operandType } from '../choice/operand-types.ts';
import { OPERATORS } from '../choice/operators.ts';
import { parseStateMachine } from '../parse/parse-state-machine.ts';
import { DEFINITIONS } from '../test-definitions.ts';
import { printStateMachine } from './print-state-machine.ts';

function machineOf(definition: Json): StateMachine {
  const parsed = parseStateMachine(definition);
  if (!parsed.ok) throw new Error(parsed.problems.map(problemText).join('; '));
  return parsed.value;
}

/** All that a machine is but for its functions, which two machines never share; operators by their names. */
function comparable(value: unknown): unknown {
  const operator = [...OPERATORS].find(([, known]) => known === value);
  if (operator !== undefined) return operator[0];
  if (value instanceof Map) return [...value].map(comparable);
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => typeof member !== 'function');
  return Object.fromEntries(members.map(([name, member]) => [name, comparable(member)]));
}

function expectSame(definition: Json): void {
  const machine = machineOf(definition);
  const printed = JSON.parse(JSON.stringify(printStateMachine(machine)));
  expect(comparable(machineOf(printed))).toEqual(comparable(machine));
}

const CASES = new URL('../../../conformance/states/cases/', import.meta.url);

const definitions = readdirSync(CASES).flatMap((file) => {
  const cases: readonly { readonly id: string; readonly definition: Json }[] = JSON.parse(
    readFileSync(new URL(file, CASES), 'utf8'),
  );
  return cases.map(({ id, definition }) => [id, definition] as const);
});

const NAME = fc.constantFrom('a', 'b', 'constructor', '0', 'x y');
const JSON_VALUE = fc
  .jsonValue({ depthSize: 'small' })
  .map((value): Json => JSON.parse(JSON.stringify(value)));
const PATH = fc.constantFrom(
  '$',
  '$.a',
  '$$.Execution.Id',
  '$v.b',
  "$.a['x.y'][0]",
  '$..a[?(@.b)]',
);
const CALL = fc.constantFrom("States.Format('{}', $.a)", 'States.Array(1, States.UUID())');

/** A payload template of JSONPath, with paths and calls at any depth. */
const { payload: PAYLOAD } = fc.letrec<{ payload: JsonObject }>((tie) => ({
  payload: fc
    .array(
      fc.oneof(
        { depthSize: 'small' },
        fc.tuple(
          NAME,
          JSON_VALUE.filter((value) => !JSON.stringify(value).includes('.$')),
        ),
        fc.tuple(
          NAME.map((name) => `${name}.$`),
          fc.oneof(PATH, CALL),
        ),
        fc.tuple(NAME, tie('payload')),
        fc.tuple(NAME, fc.array(tie('payload'), { maxLength: 2 })),
      ),
      { maxLength: 4 },
    )
    // A field and its twin that is computed are one.
    .map((members): JsonObject => {
      const byField = new Map(members.map((member) => [member[0].replace(/\.\$$/, ''), member]));
      return Object.fromEntries(byField.values());
    }),
}));

const TIMESTAMP = fc.constant('2026-01-02T03:04:05Z');

const COMPARISON = fc.oneof(
  fc
    .tuple(fc.constantFrom(...OPERATORS.keys()), fc.oneof(fc.string(), JSON_VALUE, TIMESTAMP))
    .filter(([name, value]) => operandType(name).isOf(value))
    .map(([name, value]): JsonObject => ({ Variable: '$.a', [name]: value })),
  fc
    .tuple(fc.constantFrom('StringEqualsPath', 'NumericLessThanPath', 'BooleanEqualsPath'), PATH)
    .map(([name, path]): JsonObject => ({ Variable: '$.a', [name]: path })),
);

const { condition: CONDITION } = fc.letrec<{ condition: JsonObject }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    COMPARISON,
    tie('condition').map((inner): JsonObject => ({ Not: inner })),
    fc
      .tuple(
        fc.constantFrom('And', 'Or'),
        fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
      )
      .map(([name, inner]): JsonObject => ({ [name]: inner })),
  ),
}));

const NULL_OR_PATH = fc.constantFrom(null, '$', '$.a.b');

describe('printStateMachine()', () => {
  test('writes what reads as the same machine', () => {
    fc.assert(fc.property(DEFINITIONS, expectSame), { numRuns: 200 });
  });

  test('writes any data flow and any condition of JSONPath', () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            Parameters: PAYLOAD,
            Assign: fc.constantFrom({ v: 1, 'w.$': '$.a' }),
            InputPath: NULL_OR_PATH,
            ResultPath: NULL_OR_PATH,
            OutputPath: NULL_OR_PATH,
            Result: JSON_VALUE,
          },
          { requiredKeys: [] },
        ),
        CONDITION,
        (fields, condition) => {
          expectSame({
            StartAt: 'P',
            States: {
              P: { Type: 'Pass', ...fields, Next: 'C' },
              C: { Type: 'Choice', Choices: [{ ...condition, Next: 'S' }] },
              S: { Type: 'Succeed' },
            },
          });
        },
      ),
    );
  });

  test.each(definitions)('writes the definition of the case: %s', (_, definition) => {
    expectSame(definition);
  });

  test('writes out defaults, and old names as new ones', () => {
    const definition = {
      StartAt: 'M',
      States: {
        M: {
          Type: 'Map',
          Parameters: { 'item.$': '$$.Map.Item.Value' },
          Iterator: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } },
          Retry: [{ ErrorEquals: ['States.ALL'] }],
          End: true,
        },
      },
    };

    expect(printStateMachine(machineOf(definition))).toEqual({
      QueryLanguage: 'JSONPath',
      StartAt: 'M',
      States: {
        M: {
          Type: 'Map',
          ItemSelector: { 'item.$': '$$.Map.Item.Value' },
          ItemProcessor: {
            ProcessorConfig: { Mode: 'INLINE' },
            StartAt: 'P',
            States: { P: { Type: 'Pass', End: true } },
          },
          Retry: [
            {
              ErrorEquals: ['States.ALL'],
              IntervalSeconds: 1,
              MaxAttempts: 3,
              BackoffRate: 2,
              JitterStrategy: 'NONE',
            },
          ],
          End: true,
        },
      },
    });
  });
});
