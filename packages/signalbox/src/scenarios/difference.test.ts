import { describe, expect, test } from '@jest/globals';
import { contains, difference, isLike, pair, sortedText } from './difference.ts';

describe('difference()', () => {
  test('is a line where two values differ', () => {
    expect(difference('pens', 4, 4)).toEqual([]);
    expect(difference('pens', 4, 'none')).toEqual(['pens: expected 4, got none']);
  });
});

describe('sortedText()', () => {
  test('writes lists in one order, and none where nothing is in them', () => {
    expect(sortedText(['b', 'a'])).toBe('a, b');
    expect(sortedText([])).toBe('none');
  });
});

describe('isLike()', () => {
  test.each([
    ['o-*', 'o-1', true],
    ['o-1', 'o-1', true],
    ['o-1', 'o-12', false],
    ['a/*/c.*', 'a/b/c.md', true],
    ['a/*/c', 'a/c', false],
    ['a*b*a', 'aba', true],
    ['ab*ba', 'aba', false],
  ])('of %s and %s is %p', (pattern, text, expected) => {
    expect(isLike(pattern, text)).toBe(expected);
  });
});

describe('contains()', () => {
  test.each([
    [{ a: 1, b: 2 }, { a: 1 }, true],
    [{ a: { b: [1, { c: 2, d: 3 }] } }, { a: { b: [1, { c: 2 }] } }, true],
    [{ a: [1, 2] }, { a: [1] }, false],
    [{}, { a: null }, false],
    [{ a: '1' }, { a: 1 }, false],
  ])('of %j and %j is %p', (value, expected, result) => {
    expect(contains(value, expected)).toBe(result);
  });
});

describe('pair()', () => {
  test('gives each expected thing one of its own', () => {
    const isFit = (a: string, b: string) => b.startsWith(a);
    expect(pair(['a', 'a', 'c'], ['a1', 'b1'], isFit)).toEqual({
      missing: ['a', 'c'],
      left: ['b1'],
    });
  });
});
