import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../core/json.ts';
import { EvaluationFailure } from './evaluation-failure.ts';
import { compileExpression, type Expression } from './expression.ts';
import { portFunctions } from './functions.ts';

function compiled(source: string): Expression {
  const expression = compileExpression(source);
  if ('code' in expression) throw new Error(expression.message);
  return expression;
}

describe('compileExpression()', () => {
  test.each<[string, Json | undefined]>([
    ['$states.input.a', 1],
    ['$states.input.list.n', [1, 2]],
    ['$states.input.missing', undefined],
    ['$sum($states.input.list.n)', 3],
    ['[$states.input.list[n > 1].n]', [2]],
    ['$replace("aXbX", /X/, "-")', 'a-b-'],
    ['$match("ab12", /([a-z]+)(\\d+)/).groups', ['ab', '12']],
    ['"a ?? b"', 'a ?? b'],
  ])('evaluates %s', async (source, expected) => {
    const states = { input: { a: 1, list: [{ n: 1 }, { n: 2 }] } };

    expect(await compiled(source).evaluate({ states })).toEqual(expected);
  });

  test('returns plain JSON, without the marks that the library puts on arrays', async () => {
    const value = await compiled('$states.input[n > 0]').evaluate({
      states: { input: [{ n: 1 }, { n: 2 }] },
    });

    expect(Object.keys(value as object)).toEqual(['0', '1']);
  });

  test.each([
    ['1 +', 'INVALID_JSONATA_EXPRESSION'],
    ['$a ?? 1', 'INVALID_JSONATA_EXPRESSION'],
    ['$a ?: 1', 'INVALID_JSONATA_EXPRESSION'],
    ['$match("a", /(?=a)/)', 'INVALID_JSONATA_EXPRESSION'],
    ['phone', 'UNSUPPORTED_JSONATA_EXPRESSION'],
    ['$sum(phone.n)', 'UNSUPPORTED_JSONATA_EXPRESSION'],
  ])('refuses %s as %s', (source, code) => {
    expect(compileExpression(source)).toMatchObject({ code });
  });

  test('lets other work run while it evaluates', async () => {
    let turns = 0;
    const others = setInterval(() => (turns += 1), 0);

    await compiled('$sum([1..20000].($ + 1))').evaluate({});
    clearInterval(others);

    expect(turns).toBeGreaterThan(0);
  });

  test('counts the steps of each evaluation apart', async () => {
    const expression = compiled('$sum([1..$n])');

    expect(
      await Promise.all([expression.evaluate({ n: 3 }), expression.evaluate({ n: 4 })]),
    ).toEqual([6, 10]);
  });

  test('names the reference that has nothing to refer to', () => {
    expect(compileExpression('phone')).toMatchObject({
      message: "Reference to 'phone' at the top level is not supported.",
    });
  });

  test('lets names stand where a step before gives them a context', () => {
    expect(
      compileExpression('$states.input.list[price > 1]^(>price).{ "n": name }'),
    ).toHaveProperty('evaluate');
  });

  test.each([
    ['$eval("1")', '. T1006: Attempted to invoke a non-function'],
    ['1 + "a"', '. T2002: The right side of the "+" operator must evaluate to a number'],
    ['$hash("a", "CRC")', '. D3137: The hash algorithm CRC is not supported'],
  ])('fails %s as AWS does', async (source, ending) => {
    const failure = await compiled(source)
      .evaluate({})
      .catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(EvaluationFailure);
    expect(failure).toHaveProperty('ending', ending);
  });
});

describe('a hostile expression', () => {
  const letters = '$join([1..20000].("a")) & "!"';

  test.each<[string, Json | undefined]>([
    [`$match(${letters}, /(a+)+$/)`, undefined],
    [`$contains(${letters}, /^(a|a)*$/)`, false],
    [`$contains(${letters}, /^(a|aa)+$/)`, false],
  ])('with a regular expression that would hang others returns: %s', async (source, expected) => {
    expect(await compiled(source).evaluate({})).toEqual(expected);
  });

  test.each([
    ['recursion', '($f := function($n){ 1 + $f($n + 1) }; $f(0))', /^: Stack overflow/],
    ['deep data', '$reduce([1..10000], function($a, $b){ {"a": $a} }, 1)', /^: Stack overflow/],
    ['a range', '[1..2000000000]', /memory limit exceeded/],
    [
      'doubled arrays',
      '$reduce([1..40], function($a, $b){ $append($a, $a) }, [1])',
      /memory limit/,
    ],
    ['doubled text', '$reduce([1..40], function($a, $b){ $a & $a }, "aaaaaaaa")', /memory limit/],
    ['long text', '$reduce([1..24], function($a, $b){ $a & $a }, "aaaaaaaa")', /memory limit/],
  ])('fails for %s', async (_, source, ending) => {
    const failure = await compiled(source)
      .evaluate({})
      .catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(EvaluationFailure);
    expect(failure).toHaveProperty('ending', expect.stringMatching(ending));
  });
});

describe('portFunctions()', () => {
  const ports = { now: () => new Date(0), random: () => 0.25, uuid: () => 'uuid' };

  test.each<[string, Json]>([
    ['$now()', '1970-01-01T00:00:00.000Z'],
    ['$now("[Y]")', '1970'],
    ['$millis()', 0],
    ['$random()', 0.25],
    ['$uuid()', 'uuid'],
    ['$shuffle([1,2,3])', [2, 3, 1]],
  ])('%s takes time and chance from its ports', async (source, expected) => {
    expect(await compiled(source).evaluate(portFunctions(ports))).toEqual(expected);
  });
});
