import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json, JsonObject } from '../core/json.ts';
import { isJsonObject, parseJson } from '../core/json.ts';
import { compilePatterns } from './match-pattern.ts';
import { parsePattern } from './parse-pattern.ts';
import type { Pattern } from './pattern.ts';
import { whyNot } from './why-not.ts';

function patternOf(written: JsonObject): Pattern {
  const parsed = parsePattern(written);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  return parsed.value;
}

function matchingOneByOne(patterns: readonly Pattern[], event: JsonObject): readonly number[] {
  return patterns.flatMap((pattern, index) =>
    whyNot(pattern, event) === undefined ? [index] : [],
  );
}

const leaves = fc.constantFrom<Json>('x', 'xy', 'é"', -0.5, 2, 1e21, true, null);
const names = fc.constantFrom('a', 'b', 'c', 'a.b', '', '__proto__', 'tab\t');

/** The text of a JSON value, which may say a name twice, with white space and escapes. */
function textOf(depth: number): fc.Arbitrary<string> {
  const leaf = fc.oneof(
    leaves.map((value) => JSON.stringify(value)),
    fc.constantFrom('"\\u0078"', '2.0', '0.2e1', '-5E-1'),
  );
  if (depth === 0) return leaf;
  const space = fc.constantFrom('', ' ', '\n ');
  const list = fc.tuple(space, fc.array(textOf(depth - 1), { maxLength: 3 }));
  return fc.oneof(
    leaf,
    list.map(([between, items]) => `[${between}${items.join(`${between},${between}`)}]`),
    objectText(depth - 1),
  );
}

function objectText(depth: number): fc.Arbitrary<string> {
  const name = fc.oneof(
    names.map((text) => JSON.stringify(text)),
    fc.constant('"\\u0061"'),
  );
  const member = fc.tuple(name, fc.constantFrom('', ' '), textOf(depth));
  return fc
    .array(member, { maxLength: 4 })
    .map(
      (members) => `{ ${members.map(([key, gap, value]) => `${key}${gap}: ${value}`).join(',')} }`,
    );
}

const matches = fc.array(
  fc.constantFrom<Json>('x', 2, null, { exists: false }, { 'anything-but': 'x' }, { prefix: 'x' }),
  { minLength: 1, maxLength: 2 },
);
const patterns = fc.array(
  fc.dictionary(
    fc.constantFrom('a', 'b', '__proto__'),
    fc.oneof<fc.Arbitrary<Json>[]>(matches, fc.dictionary(names, matches, { minKeys: 1 })),
    { minKeys: 1 },
  ),
  { minLength: 1, maxLength: 4 },
);

describe('matchText()', () => {
  test('agrees with the plain matcher on the parsed event', () => {
    fc.assert(
      fc.property(patterns, objectText(3), (written, text) => {
        const all = written.map(patternOf);
        const event = parseJson(text);
        if (!isJsonObject(event)) throw new TypeError('An event is an object');

        expect(compilePatterns(all).matchText(text)).toEqual(matchingOneByOne(all, event));
      }),
      { numRuns: 800 },
    );
  });

  test('reads one text after another', () => {
    const compiled = compilePatterns([patternOf({ a: { b: ['x'] } })]);

    expect(compiled.matchText('{"a": {"b": "x"}}')).toEqual([0]);
    expect(compiled.matchText('{"a": {"c": "x"}}')).toEqual([]);
    expect(compiled.matchText(`{"long": "${'y'.repeat(10_000)}", "a": {"b": "x"}}`)).toEqual([0]);
  });

  test.each(['[]', '"a"', '', '{"a": {"b": "x"}', '{"a": {"b": "x"}, "c": 01}', '{} {}'])(
    'returns undefined for %j, which is no JSON object',
    (text) => {
      expect(compilePatterns([patternOf({ a: { b: ['x'] } })]).matchText(text)).toBeUndefined();
    },
  );
});

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'B'), maxLength: 3 });
const some = text.filter((value) => value !== '');
const lists = { minLength: 1, maxLength: 3 };
const exclusion: fc.Arbitrary<Json> = fc
  .oneof<fc.Arbitrary<Json>[]>(
    fc.array(text, lists),
    fc.array(fc.integer({ min: 0, max: 2 }), lists),
    fc.array(some, lists).map((prefix) => ({ prefix })),
    fc.array(some, lists).map((suffix) => ({ suffix })),
    fc.array(text, lists).map((texts) => ({ 'equals-ignore-case': texts })),
    fc.tuple(text, some).map(([a, b]) => ({ wildcard: `${a}*${b}` })),
  )
  .map((wanted) => ({ 'anything-but': wanted }));

describe('compilePatterns()', () => {
  test('finds patterns that exclude values as one by one', () => {
    const excluding = fc.record({
      a: fc.tuple(exclusion),
      b: fc.option(fc.tuple(exclusion), { nil: undefined }),
      kind: fc.option(fc.constantFrom(['k'], ['l']), { nil: undefined }),
    });
    const value = fc.oneof<fc.Arbitrary<Json>[]>(text, fc.integer({ min: 0, max: 2 }));
    const event = fc.record(
      {
        a: fc.oneof<fc.Arbitrary<Json>[]>(value, fc.array(value)),
        b: fc.oneof<fc.Arbitrary<Json>[]>(value, fc.array(value)),
        kind: fc.constantFrom('k', 'm'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(excluding, { maxLength: 12 }), event, (written, given) => {
        const all = written.map((one) => patternOf(JSON.parse(JSON.stringify(one))));
        const sent: JsonObject = JSON.parse(JSON.stringify(given));

        expect(compilePatterns(all).match(sent)).toEqual(matchingOneByOne(all, sent));
      }),
      { numRuns: 800 },
    );
  });

  test('finds wildcards by their rarest parts as one by one', () => {
    const wildcard = fc
      .array(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 }), {
        ...lists,
        minLength: 2,
      })
      .map((parts) => parts.filter((part, index) => index === 0 || part !== '').join('*'))
      .filter((joined) => joined.includes('*'));
    const value = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(wildcard, { maxLength: 12 }), value, (written, given) => {
        const parsed = written.map((one) => parsePattern({ a: [{ wildcard: one }] }));
        const all = parsed.flatMap((one) => (one.ok ? [one.value] : []));

        expect(compilePatterns(all).match({ a: given })).toEqual(
          matchingOneByOne(all, { a: given }),
        );
      }),
      { numRuns: 800 },
    );
  });
});
