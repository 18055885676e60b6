import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json, JsonObject } from '../core/json.ts';
import { isJsonObject } from '../core/json.ts';
import { compilePatterns, matchPattern } from './match-pattern.ts';
import { parsePattern } from './parse-pattern.ts';
import { whyNot } from './why-not.ts';

const names = fc.constantFrom('a', 'b');
const leaves = fc.constantFrom<Json>('x', 'xy', 'Y', 2, null);

/** Objects whose names hold leaves, and more often arrays of such objects. */
function objects(depth: number): fc.Arbitrary<JsonObject> {
  const inner = depth === 0 ? leaves : objects(depth - 1);
  const value = fc.oneof<fc.WeightedArbitrary<Json>[]>(
    { weight: 2, arbitrary: leaves },
    { weight: 3, arbitrary: fc.array(inner, { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.array(fc.oneof(leaves, inner, fc.array(inner)), { maxLength: 2 }) },
    { weight: 1, arbitrary: inner },
  );
  return fc.dictionary(names, value, { minKeys: 1 });
}

const matchTexts = fc.constantFrom<Json>(
  ...['x', 2, null, { prefix: 'x' }, { suffix: 'y' }, { 'anything-but': ['x'] }],
  ...[{ 'equals-ignore-case': 'y' }, { exists: true }, { numeric: ['>', 1] }, { wildcard: 'x*' }],
);

function patterns(depth: number): fc.Arbitrary<JsonObject> {
  const matches = fc.array(matchTexts, { minLength: 1, maxLength: 2 });
  const value =
    depth === 0 ? matches : fc.oneof<fc.Arbitrary<Json>[]>(matches, patterns(depth - 1));
  return fc.dictionary(names, value, { minKeys: 1 });
}

/**
 * Every event in which each array has become one of its elements; arrays of leaves stay, since a
 * field may fit any of them. An event matches exactly when one of these does, array or not.
 */
function choices(value: Json): readonly Json[] {
  if (isJsonObject(value)) {
    return Object.entries(value).reduce<readonly JsonObject[]>(
      (objects, [name, inner]) =>
        objects.flatMap((object) =>
          choices(inner).map((choice) => ({ ...object, [name]: choice })),
        ),
      [{}],
    );
  }
  if (!Array.isArray(value)) return [value];
  const elements: readonly Json[] = value;
  const flat = elements.filter((element) => typeof element !== 'object' || element === null);
  const deep = elements.filter((element) => typeof element === 'object' && element !== null);
  // Leaves go with each of the other elements.
  return deep.length === 0 ? [flat] : deep.flatMap(choices).map((choice) => [...flat, choice]);
}

function naiveMatch(pattern: JsonObject, event: JsonObject): boolean {
  return choices(event).some((choice) => fits(pattern, [choice]));
}

function fits(pattern: JsonObject, values: readonly Json[]): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    const inner = values
      .flatMap(objectsIn)
      .flatMap((object) => object[name] ?? missing(object, name));
    if (isJsonObject(wanted)) return fits(wanted, inner);
    const found = inner.flatMap(leavesIn);
    return (
      Array.isArray(wanted) && wanted.some((match) => found.some((leaf) => fitsLeaf(match, leaf)))
    );
  });
}

function missing(object: JsonObject, name: string): readonly Json[] {
  return name in object ? [null] : [];
}

function objectsIn(value: Json): readonly JsonObject[] {
  if (isJsonObject(value)) return [value];
  return Array.isArray(value) ? value.flatMap(objectsIn) : [];
}

function leavesIn(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap(leavesIn);
  return isJsonObject(value) ? [] : [value];
}

function fitsLeaf(match: Json, leaf: Json): boolean {
  switch (JSON.stringify(match)) {
    case '{"prefix":"x"}':
    case '{"wildcard":"x*"}':
      return leaf === 'x' || leaf === 'xy';
    case '{"suffix":"y"}':
      return leaf === 'xy';
    case '{"anything-but":["x"]}':
      return leaf !== 'x';
    case '{"equals-ignore-case":"y"}':
      return leaf === 'Y';
    case '{"exists":true}':
      return true;
    case '{"numeric":[">",1]}':
      return leaf === 2;
    default:
      return match === leaf;
  }
}

describe('matchPattern()', () => {
  test('agrees with a naive matcher that tries every choice of array elements', () => {
    fc.assert(
      fc.property(patterns(2), objects(2), (written, event) => {
        const pattern = parsePattern(written);
        if (!pattern.ok) throw new Error(pattern.problems[0]?.message);

        const matches = matchPattern(pattern.value, event);

        expect(matches).toBe(naiveMatch(written, event));
        expect(whyNot(pattern.value, event) === undefined).toBe(matches);
      }),
      { numRuns: 1500 },
    );
  });
});

const texts = fc.string({ unit: fc.constantFrom('a', 'B', 'b', 'ß', 'ẞ', 'İ', '1'), maxLength: 3 });
const some = texts.filter((text) => text !== '');
const numbers = fc.integer({ min: -3, max: 3 });

/** Every kind of match, over few letters and numbers, so that they meet often. */
const anyMatch: fc.Arbitrary<Json> = fc.oneof<fc.Arbitrary<Json>[]>(
  texts,
  numbers,
  fc.constantFrom<Json>(null, true, '10.0.0.1', { cidr: '10.0.0.0/8' }, { exists: true }),
  fc.constant({ exists: false }),
  some.map((prefix) => ({ prefix })),
  some.map((suffix) => ({ suffix })),
  some.map((text) => ({ prefix: { 'equals-ignore-case': text } })),
  some.map((text) => ({ suffix: { 'equals-ignore-case': text } })),
  texts.map((text) => ({ 'equals-ignore-case': text })),
  texts.map((text) => ({ 'anything-but': text })),
  fc.tuple(texts, texts).map(([a, b]) => ({ wildcard: `${a}*${b}` })),
  numbers.map((value) => ({ numeric: ['=', value] })),
  fc
    .tuple(fc.constantFrom('>', '>='), numbers, fc.constantFrom('<', '<='))
    .map(([above, value, below]) => ({ numeric: [above, value, below, value + 2] })),
  fc.tuple(fc.constantFrom('>', '>=', '<', '<='), numbers).map((numeric) => ({ numeric })),
);
const anyValue = fc.oneof<fc.Arbitrary<Json>[]>(
  texts,
  numbers,
  fc.constantFrom<Json>(null, true, '10.0.0.1', '::ffff:10.0.0.1', '10.1.2.3'),
);
const anyPattern = fc.dictionary(names, fc.array(anyMatch, { minLength: 1, maxLength: 2 }), {
  minKeys: 1,
});
const anyEvent = fc.dictionary(names, fc.oneof<fc.Arbitrary<Json>[]>(anyValue, fc.array(anyValue)));

describe('compilePatterns()', () => {
  test('finds by its index those patterns that match one by one', () => {
    fc.assert(
      fc.property(fc.array(anyPattern, { maxLength: 12 }), anyEvent, (written, event) => {
        const parsed = written.map((pattern) => parsePattern(pattern));
        const good = parsed.flatMap((result) => (result.ok ? [result.value] : []));

        const together = compilePatterns(good).match(event);

        const alone = good.flatMap((pattern, index) =>
          whyNot(pattern, event) === undefined ? [index] : [],
        );
        expect(together).toEqual(alone);
      }),
      { numRuns: 3000 },
    );
  });
});
