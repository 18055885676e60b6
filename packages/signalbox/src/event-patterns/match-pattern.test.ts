import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../core/json.ts';
import { compilePatterns, matchPattern } from './match-pattern.ts';
import { parsePattern } from './parse-pattern.ts';
import type { Pattern } from './pattern.ts';

function patternOf(pattern: Json): Pattern {
  const result = parsePattern(pattern);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.value;
}

function matches(pattern: Json, event: JsonObject): boolean {
  return matchPattern(patternOf(pattern), event);
}

describe('matchPattern()', () => {
  test.each<[string, Json, Json, boolean]>([
    ['a string', 'a', 'a', true],
    ['300 with 3.0e2', 300, Number('3.0e2'), true],
    ['a number, but not its text', 300, '300', false],
    ['null', null, null, true],
    ['null, but not its text', null, 'null', false],
    ['a boolean', false, false, true],
    ['an IPv6 address in another spelling', '2001:db8::1', '2001:0DB8:0:0:0:0:0:1', true],
    ['an IPv4 address mapped into IPv6', '::ffff:0a00:0001', '10.0.0.1', true],
    ['what only looks like an address', '08:23', '08:23', true],
    ['a prefix', { prefix: 'ab' }, 'abc', true],
    ['a prefix of strings only', { prefix: '1' }, 12, false],
    ['a prefix in any case', { prefix: { 'equals-ignore-case': 'AB' } }, 'abc', true],
    ['a suffix', { suffix: 'bc' }, 'abc', true],
    ['a suffix in any case', { suffix: { 'equals-ignore-case': '.PNG' } }, 'a.png', true],
    ['a suffix longer than the value', { suffix: { 'equals-ignore-case': 'abc' } }, 'bc', false],
    ['any case', { 'equals-ignore-case': 'ÄbC' }, 'äBc', true],
    ['any case but not a kelvin sign', { 'equals-ignore-case': 'k' }, '\u212a', false],
    ['anything but a string', { 'anything-but': 'a' }, 'a', false],
    ['anything but a string, a number', { 'anything-but': 'a' }, 1, true],
    ['anything but numbers', { 'anything-but': [1, 2] }, 2, false],
    ['anything but prefixes', { 'anything-but': { prefix: ['a', 'b'] } }, 'bc', false],
    ['anything but a suffix', { 'anything-but': { suffix: 'c' } }, 'bd', true],
    ['anything but any case', { 'anything-but': { 'equals-ignore-case': 'A' } }, 'a', false],
    ['anything but a wildcard', { 'anything-but': { wildcard: 'a*' } }, 'ab', false],
    ['a number above', { numeric: ['>', 1] }, 1, false],
    ['a number from', { numeric: ['>=', 1] }, 1, true],
    ['a number below', { numeric: ['<', 1] }, 0.5, true],
    ['a number in a range', { numeric: ['>', 1, '<=', 2] }, 2, true],
    ['a number equal', { numeric: ['=', -0.1] }, -0.1, true],
    ['an address in a block', { cidr: '10.0.0.7/24' }, '10.0.0.1', true],
    ['an address outside of a block', { cidr: '10.0.0.0/24' }, '10.0.1.0', false],
    ['an address of another family', { cidr: '10.0.0.0/8' }, '::0a00:1', false],
    ['an empty wildcard', { wildcard: '*' }, '', true],
    ['wildcards that may not share characters', { wildcard: 'ab*ba' }, 'aba', false],
    ['wildcards in order', { wildcard: 'a*b*c' }, 'a-c-b-c', true],
    ['an escaped wildcard', { wildcard: 'a\\**' }, 'a*b', true],
    ['an escaped wildcard literally', { wildcard: 'a\\*' }, 'ab', false],
    ['a field that is there', { exists: true }, 0, true],
    ['a field that is empty', { exists: true }, [], false],
    ['a field that holds no leaf', { exists: false }, {}, true],
  ])('compares %s', (_, match, value, expected) => {
    expect(matches({ x: [match] }, { x: value })).toBe(expected);
  });

  test('fits when one element of an array does', () => {
    expect(matches({ x: ['b', 'c'] }, { x: ['a', ['c']] })).toBe(true);
  });

  test('does not combine different elements of one array', () => {
    const pattern = { orders: { sku: ['a'], status: ['paid'] } };

    expect(
      matches(pattern, {
        orders: [
          { sku: 'a', status: 'new' },
          { sku: 'b', status: 'paid' },
        ],
      }),
    ).toBe(false);
    expect(matches(pattern, { orders: [{ sku: 'b' }, { sku: 'a', status: 'paid' }] })).toBe(true);
  });

  test('combines elements of different arrays', () => {
    const pattern = { a: { x: [1] }, b: { y: [2] } };

    expect(matches(pattern, { a: [{ x: 0 }, { x: 1 }], b: [{ y: 2 }, { y: 0 }] })).toBe(true);
  });

  test('looks for an absent field in the same element', () => {
    const pattern = { orders: { sku: ['a'], zip: [{ exists: false }] } };

    expect(matches(pattern, { orders: [{ sku: 'a' }, { sku: 'b', zip: '1' }] })).toBe(true);
    expect(matches(pattern, { orders: [{ sku: 'a', zip: '1' }, { sku: 'b' }] })).toBe(false);
  });

  test('takes a name with dots as several names', () => {
    expect(matches({ a: { 'b.c': ['x'] } }, { a: { b: { c: 'x' } } })).toBe(true);
    expect(matches({ a: { b: { c: ['x'] } } }, { 'a.b': { c: 'x' } })).toBe(true);
  });

  test('needs one branch of $or', () => {
    const pattern = { source: ['a'], $or: [{ x: [1] }, { y: [2] }] };

    expect(matches(pattern, { source: 'a', y: 2 })).toBe(true);
    expect(matches(pattern, { source: 'b', y: 2 })).toBe(false);
  });

  test('stays quick where many arrays hold many values', () => {
    const names = Array.from({ length: 12 }, (_, index) => `a${index}`);
    const pattern = Object.fromEntries(names.map((name) => [name, { x: [1] }]));
    const array = Array.from({ length: 50 }, () => ({ x: 1 }));
    const event = Object.fromEntries(names.map((name) => [name, array]));

    expect(matches({ ...pattern, z: { a: ['no'] } }, { ...event, z: [{ a: 'yes' }] })).toBe(false);
    expect(matches(pattern, event)).toBe(true);
  });
});

describe('compilePatterns()', () => {
  test('returns the indexes of all patterns that match', () => {
    const compiled = compilePatterns([
      patternOf({ source: ['a'] }),
      patternOf({ source: ['b'] }),
      patternOf({ detail: { x: [{ exists: true }] } }),
    ]);

    expect(compiled.match({ source: 'a', detail: { x: 1 } })).toEqual([0, 2]);
    expect(compiled.match({ source: 'c', detail: {} })).toEqual([]);
  });
});
