import { describe, expect, test } from '@jest/globals';
import { jsonText } from '../../core/exact-json/exact-number.ts';
import { parsePayload } from '../../core/json.ts';
import { compileExpression } from './expression.ts';

/** Evaluates an expression over an input, and writes the result as JSON. */
async function evaluated(source: string, input: string): Promise<string> {
  const compiled = compileExpression(source);
  if ('code' in compiled) throw new Error(compiled.message);
  const value = await compiled.evaluate({ states: { input: parsePayload(input) ?? null } });
  return jsonText(value ?? null);
}

describe('whole numbers of an expression', () => {
  test.each([
    ['$states.input', '{"id":1234567890123456789}', '{"id":1234567890123456789}'],
    ['$states.input + 1', '1234567890123456789', '1234567890123456790'],
    ['$states.input = 1234567890123456788', '1234567890123456789', 'false'],
    ['$states.input > 1234567890123456788', '1234567890123456789', 'true'],
    ['"id-" & $states.input', '1234567890123456789', '"id-1234567890123456789"'],
    ['$string($states.input)', '1234567890123456789', '"1234567890123456789"'],
    ['-$states.input', '1234567890123456789', '-1234567890123456789'],
    ['9223372036854775807', '{}', '9223372036854775807'],
    ['9223372036854775807 + 1', '{}', '9.223372036854776E18'],
    ['-9223372036854775808', '{}', '-9223372036854775808'],
    ['$states.input', '9223372036854775808', '9.223372036854776E18'],
    ['$states.input.a', '{"a":2.0}', '2'],
    ['$states.input.a + 0.5', '{"a":2.0}', '2.5'],
    ['$sum($states.input)', '[1234567890123456789, 1]', '1234567890123456800'],
    [
      '$map($states.input, function($v) { $v - 1 })',
      '[1234567890123456789, 5]',
      '[1234567890123456788,4]',
    ],
    ['$parse("9223372036854775807")', '{}', '9223372036854775807'],
  ])('%s of %s is %s', async (source, input, expected) => {
    expect(await evaluated(source, input)).toBe(expected);
  });

  test('are refused beside what is no number, in the words of the library', async () => {
    await expect(evaluated('$states.input + "a"', '1234567890123456789')).rejects.toThrow(
      'T2002: The right side of the "+" operator must evaluate to a number',
    );
  });
});
