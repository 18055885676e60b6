import { describe, expect, test } from '@jest/globals';
import { parseReferencePath, writeAt } from './reference-path.ts';

describe('parseReferencePath()', () => {
  test.each(['$..a', '$.a[*]', '$$.a', '$v.a', 'a'])('refuses %s', (text) => {
    expect(parseReferencePath(text)).toBeUndefined();
  });
});

describe('writeAt()', () => {
  test('makes the objects on the way and leaves the input as it was', () => {
    const input = { a: 1 };

    expect(writeAt(input, ['b', 'c'], 2)).toEqual({ a: 1, b: { c: 2 } });
    expect(input).toEqual({ a: 1 });
  });

  test('replaces an item of an array', () => {
    expect(writeAt({ a: [1, 2] }, ['a', 1], 3)).toEqual({ a: [1, 3] });
  });

  test.each([
    ['a text', ['a'], 'x'],
    ['an item that is not there', [3], [1]],
    ['a member of an array', ['a'], [1]],
  ])('has no place in %s', (_, steps, input) => {
    expect(writeAt(input, steps, 1)).toBeUndefined();
  });
});
