import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../core/json.ts';
import { parsePath } from './path.ts';

const INPUT: Json = {
  a: { b: [{ c: 1 }, { c: 2, d: true }] },
  'with.dot': 3,
  'kebab-name': 4,
  n: null,
};

describe('parsePath()', () => {
  test.each<[string, Json | undefined]>([
    ['$', INPUT],
    ['$.a.b[0].c', 1],
    ['$.a.b[-1].c', undefined],
    ['$.a.b[(@.length-1)].c', 2],
    ["$['with.dot']", 3],
    ['$.kebab-name', 4],
    ['$.n', null],
    ['$.missing', undefined],
    ['$.n.deeper', undefined],
    ['$.a.b[7]', undefined],
    ['$.a.b[*].c', [1, 2]],
    ['$..c', [1, 2]],
    ['$.a.b[0:1]', [{ c: 1 }]],
    ['$.a.b[?(@.d)].c', [2]],
    ['$.a.b[?(@.c > 1)].c', [2]],
    ['$.missing[*]', []],
  ])('reads %s', (text, expected) => {
    expect(parsePath(text)?.read(INPUT)).toEqual(expected);
  });

  test.each(['', 'a', '$.', '$.a[', '$..', '$.a b', '$a.', "$['a"])('refuses %p', (text) => {
    expect(parsePath(text)).toBeUndefined();
  });

  test('distinguishes the roots', () => {
    expect(['$.a', '$$.Execution', '$order.id'].map((text) => parsePath(text)?.root)).toEqual([
      { kind: 'input' },
      { kind: 'context' },
      { kind: 'variable', name: 'order' },
    ]);
  });
});
