import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { whyNotJson } from './why-not-json.ts';

const VALUE = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

describe('whyNotJson()', () => {
  test.each([
    ['not some json', `Unrecognized token 'not': was expecting ${VALUE}`, 4],
    [
      "{'not': 'json'",
      "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
      3,
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
    ['[,]', `Unexpected character (',' (code 44)): was expecting a valid value ${VALUE}`, 3],
    ['{"a":', 'Unexpected end-of-input', 6],
    ['"open', 'Unexpected end-of-input in a String value', 6],
  ])('says of %j why it is none, and where', (text, message, column) => {
    expect(whyNotJson(text)).toEqual({ message, line: 1, column });
  });

  test('counts lines', () => {
    expect(whyNotJson('{\n  "a": no\n}')).toMatchObject({ line: 2, column: 10 });
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
        expect(whyNotJson(text) === undefined).toBe(isJson);
      }),
      { numRuns: 2_000 },
    );
  });
});
