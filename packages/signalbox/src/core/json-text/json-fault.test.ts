import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonFault } from './json-fault.ts';

const VALUE = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

describe('jsonFault()', () => {
  test.each([
    ['not some json', `Unrecognized token 'not': was expecting ${VALUE}`, 4],
    [
      "{'not': 'json'",
      "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
      2,
    ],
    [
      '{"a":1 R',
      "Unexpected character ('R' (code 82)): was expecting comma to separate Object entries",
      9,
    ],
    [
      '[1 2]',
      "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries",
      5,
    ],
    [
      '{"a" 1}',
      "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
      7,
    ],
    ['[,]', `Unexpected character (',' (code 44)): expected a valid value ${VALUE}`, 3],
    [
      '{"a":',
      'Unexpected end-of-input: expected close marker for Object (start marker at [Source: (String)"{"a":"; line: 1, column: 1])',
      6,
    ],
    ['', 'Unexpected end-of-input', 1],
    ['"open', 'Unexpected end-of-input: was expecting closing quote for a string value', 6],
    ['{} {}', `Unexpected character ('{' (code 123)): expected a valid value ${VALUE}`, 5],
  ])('says of %j why it is none, and where', (text, message, column) => {
    expect(jsonFault(text)).toEqual({ message, line: 1, column });
  });

  test.each(['[', '{"a":'])('refuses more than 1,000 levels of %s', (open) => {
    const close = open === '[' ? ']' : '}';
    const nested = (depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;
    expect(jsonFault(nested(1000))).toBeUndefined();
    expect(jsonFault(nested(1001))?.message).toBe(
      'Document nesting depth (1001) exceeds the maximum allowed (1000, from `StreamReadConstraints.getMaxNestingDepth()`)',
    );
  });

  test('counts no bracket within a string as a level', () => {
    const brackets = JSON.stringify(['["'.repeat(2000), '\\', '{'.repeat(2000)]);
    expect(jsonFault(brackets)).toBeUndefined();
  });

  test('counts lines', () => {
    expect(jsonFault('{\n  "a": no\n}')).toMatchObject({ line: 2, column: 10 });
  });

  test('finds no fault in what JSON.parse takes, and one in what it refuses', () => {
    const almostJson = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', 'x', '0', '\\', ':', ' '))
      .map(([text, at, change]) => {
        const index = at % (text.length + 1);
        return text.slice(0, index) + change + text.slice(index + 1);
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), almostJson), (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        expect(jsonFault(text) === undefined).toBe(isJson);
      }),
      { numRuns: 2_000 },
    );
  });
});
