import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from '../json.ts';
import { JsonSkipper } from './json-skipper.ts';

function isJson(text: string): boolean {
  const json = new JsonSkipper();
  json.load(text);
  return json.skipValue() && json.isAtEnd();
}

const spaces = fc.constantFrom('', ' ', '\n', '\t\r ');

test('takes every JSON text, however it is indented', () => {
  fc.assert(
    fc.property(fc.jsonValue(), spaces, spaces, (value, before, indent) => {
      expect(isJson(`${before}${JSON.stringify(value, undefined, indent)}${before}`)).toBe(true);
    }),
  );
});

test('takes and refuses what the parser does', () => {
  const pieces = fc.constantFrom(
    ...['{', '}', '[', ']', ',', ':', '"a"', '"', '\\', '\\n', '\\u12', 'é', '\u0000', '\u0001'],
    ...['0', '01', '-', '1.5', '.', 'e', 'E+2', 'true', 'nul', 'null', ' ', '\u00a0'],
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (text) => {
      expect(isJson(text.join(''))).toBe(parseJson(text.join('')) !== undefined);
    }),
    { numRuns: 5000 },
  );
});

test('takes and refuses a text with one character changed as the parser does', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.nat(),
      fc.constantFrom('"', '\\', ',', '}', '1', '.'),
      (value, place, char) => {
        const whole = JSON.stringify(value);
        const at = place % whole.length;
        const text = whole.slice(0, at) + char + whole.slice(at + 1);
        expect(isJson(text)).toBe(parseJson(text) !== undefined);
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([1000, 1001])('bounds the depth of %i arrays as the parser does', (depth) => {
  const text = '['.repeat(depth) + ']'.repeat(depth);

  expect(isJson(text)).toBe(parseJson(text) !== undefined);
  expect(isJson(`[${text.slice(1, -1)}]`)).toBe(depth === 1000);
});
