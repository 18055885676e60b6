import { describe, expect, test } from '@jest/globals';
import { compileExpression } from './expression.ts';

async function evaluate(source: string): Promise<unknown> {
  const expression = compileExpression(source);
  if ('code' in expression) throw new SyntaxError(expression.message);
  return expression.evaluate({});
}

const MEMORY = /memory limit exceeded/;
const TIME = /evaluation timeout/;
/** `$double(value, n)` joins a text to itself n times; `$nest` puts a value twice into an object. */
const HELPERS = `
  $double := function($s, $n) { $n = 0 ? $s : $double($s & $s, $n - 1) };
  $nest := function($v, $n) { $n = 0 ? $v : $nest({'a': $v, 'b': $v}, $n - 1) };`;

describe('an expression', () => {
  test.each([
    ["$length($pad('x', 4194304))", 4_194_304],
    [`(${HELPERS} $length($double('x', 22)))`, 4_194_304],
    ['[1..873782] ~> $count()', 873_782],
    ["$count($distinct([1..5000].{'a': $}))", 5000],
    [
      "$distinct([1, 1, '1', {'a': 1, 'b': 2}, {'b': 2, 'a': 1}, [1], [1], null, null])",
      [1, '1', { a: 1, b: 2 }, [1], null],
    ],
    ['$count($sort($reverse([1..50000])))', 50_000],
    [
      "$sort([{'k': 2, 'n': 1}, {'k': 1}, {'k': 2, 'n': 2}], function($l, $r) { $l.k > $r.k }).n",
      [1, 2],
    ],
    ["$replace('abc', /(b)/, '[$1]')", 'a[b]c'],
    ["$map(['a', 'b'], $uppercase)", ['A', 'B']],
    ["$split('a1b', /[0-9]/)", ['a', 'b']],
  ])('%s is within the limits', async (source, result) => {
    expect(JSON.stringify(await evaluate(source))).toBe(JSON.stringify(result));
  });

  test.each([
    ["$length($pad('x', 200000000))", MEMORY],
    ["$pad('x', -4194305)", MEMORY],
    [`(${HELPERS} $length($double('x', 23)))`, MEMORY],
    [`(${HELPERS} $nest('x', 23))`, MEMORY],
    [`(${HELPERS} $length($string($nest('x', 23))))`, MEMORY],
    [`(${HELPERS} $join(['a', 'b', 'c'], $double('x', 22)))`, MEMORY],
    [`(${HELPERS} $replace($double('x', 22), 'x', 'yy'))`, MEMORY],
    [`(${HELPERS} $replace($double('x', 20), /x/, 'yy'))`, TIME],
    [
      `(${HELPERS} $b := $double('x', 22); $map([1..9999], function($i) { $substring($b, $i) }))`,
      TIME,
    ],
    ['($b := [1..800000]; $map([1..9999], function($i) { $i in $b }))', TIME],
    ['($b := [1..800000]; $map([1..9999], function($i) { $b = $b }))', TIME],
    ['$map([1..100], function($i) { [1..800000] })', TIME],
    ["$fromMillis(0, '[Y,999999999]')", MEMORY],
  ])('%s is ended', async (source, cause) => {
    await expect(evaluate(source)).rejects.toThrow(cause);
  });

  test('refuses to sort what has no order, in the words of the library', async () => {
    await expect(evaluate("$sort([1, 'a'])")).rejects.toThrow(/D3070/);
  });
});
