import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../../core/json.ts';
import { StateFailure } from '../../state-failure.ts';
import { parseIntrinsicCall } from '../intrinsic-call.ts';
import { INTRINSICS } from './registry.ts';

const CHANCE = { random: () => 0.5, uuid: () => 'uuid' };

/** Calls a function with literals only. */
function call(text: string): Json {
  const parsed = parseIntrinsicCall(text);
  const args = parsed?.arguments.map((argument) => {
    if (argument.kind === 'path') throw new Error('no paths here');
    return argument.kind === 'literal' ? argument.value : call(argument.call.text);
  });
  return INTRINSICS.get(parsed?.name ?? '')!.run(args ?? [], CHANCE);
}

describe('the intrinsic functions', () => {
  test.each<[string, Json]>([
    ["States.Array('a', 1, true, null)", ['a', 1, true, null]],
    ['States.ArrayPartition(States.ArrayRange(1, 5, 1), 2)', [[1, 2], [3, 4], [5]]],
    ['States.ArrayContains(States.Array(1, 2), 2)', true],
    ['States.ArrayRange(9, 1, -4)', [9, 5, 1]],
    ["States.ArrayGetItem(States.Array('a', 'b'), 1)", 'b'],
    ['States.ArrayLength(States.Array())', 0],
    ["States.ArrayUnique(States.Array(1, '1', 1))", [1, '1']],
    ["States.Base64Encode('Grüße')", 'R3LDvMOfZQ=='],
    ["States.Base64Decode('R3LDvMOfZQ==')", 'Grüße'],
    ["States.Hash('', 'MD5')", 'd41d8cd98f00b204e9800998ecf8427e'],
    [`States.JsonToString(States.StringToJson('{"a":[1]}'))`, '{"a":[1]}'],
    ["States.StringToJson('')", null],
    ['States.MathAdd(111, -1)', 110],
    ['States.MathAdd(1.4, 1)', 2],
    ['States.MathRandom(10, 20)', 15],
    ["States.StringSplit('a.b+c', '.+')", ['a', 'b', 'c']],
    ["States.Format('{} is {}', 'it', States.Array(1))", 'it is [1]'],
    [String.raw`States.Format('\{{}\} it\'s', 1)`, "{1} it's"],
    ['States.UUID()', 'uuid'],
  ])('%s', (text, expected) => {
    expect(call(text)).toEqual(expected);
  });

  test('States.JsonMerge() is shallow, and the second wins', () => {
    const merge = INTRINSICS.get('States.JsonMerge')!.run;

    expect(merge([{ a: { x: 1 }, b: 1 }, { a: { y: 2 } }, false], CHANCE)).toEqual({
      a: { y: 2 },
      b: 1,
    });
  });

  test.each([
    'States.ArrayPartition(States.Array(1), 0)',
    'States.ArrayGetItem(States.Array(1), 1)',
    'States.ArrayRange(1, 2000, 1)',
    'States.ArrayRange(1, 2, 0)',
    "States.MathAdd('1', 1)",
    "States.Hash('a', 'CRC32')",
    "States.StringToJson('{')",
    "States.Base64Decode('%')",
    "States.Format('{}')",
    'States.MathRandom(2, 1)',
  ])('%s fails as States.IntrinsicFailure', (text) => {
    expect(() => call(text)).toThrow(StateFailure);
    expect(() => call(text)).toThrow(/^States.IntrinsicFailure: The function 'States\./);
  });
});

describe('parseIntrinsicCall()', () => {
  test('reads paths with commas and brackets of their own', () => {
    expect(
      parseIntrinsicCall("States.Array($.a['x,y'], $..b[?(@.c == 1)])")?.arguments,
    ).toMatchObject([
      { kind: 'path', path: { text: "$.a['x,y']" } },
      { kind: 'path', path: { text: '$..b[?(@.c == 1)]' } },
    ]);
  });

  test.each([
    'States.Array(',
    'States.Array(1,)',
    'Array(1)',
    "States.Array('a)",
    'States.Array(1) x',
  ])('refuses %s', (text) => {
    expect(parseIntrinsicCall(text)).toBeUndefined();
  });
});
