import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isJsonObject, parsePayload } from '../json.ts';
import { compareDecimals } from './decimal.ts';
import { ExactNumber, jsonText } from './exact-number.ts';
import { lookThrough } from './look-through.ts';
import { objectOf, withMembers } from './ordered-object.ts';

describe('a payload', () => {
  test.each([
    '1234567890123456789',
    '-1234567890123456789',
    '2.0',
    '[1.10,{"a":-0.0}]',
    '1E5',
    '{"n":1e400}',
    '0.0000001',
    '0.1234567890123456789',
    '{"2":1,"1":2}',
    '{"a":{"b":1,"0":2}}',
    '{"__proto__":{"1":1.0}}',
    '[{"text":"1.0, \\"2\\": 3e5"},12345678901234567890]',
  ])('%s comes out as it went in', (text) => {
    expect(jsonText(parsePayload(text) ?? null)).toBe(text);
  });

  test.each([
    '{"a":1,"b":[0,-1,2.5,1000,"2026-01-02T03:04:05.000Z",1e-7]}'.replace('1e-7', '7'),
    '0',
  ])('%s is read by JSON.parse alone', (text) => {
    expect(lookThrough(text, 10)).toEqual({ isTooDeep: false, isChanged: false });
  });

  test('is what JSON.parse reads, but for numbers that are kept as text', () => {
    const plain = (text: string) => JSON.parse(JSON.stringify(parsePayload(text)));
    fc.assert(
      fc.property(fc.json(), fc.constantFrom('2.0', '{"1":[],"0":{}}', '1E5'), (text, more) => {
        const whole = `[${text},${more}]`;
        expect(plain(whole)).toEqual(JSON.parse(whole));
      }),
    );
  });

  test('has numbers that calculate', () => {
    const value = parsePayload('{"price":2.50}');
    const price = isJsonObject(value) ? value['price'] : undefined;

    expect(price).toBeInstanceOf(ExactNumber);
    expect(Number(price) * 2).toBe(5);
  });
});

describe('an object whose names look like indexes', () => {
  test('keeps their order when a member is added', () => {
    const object = withMembers(
      objectOf([
        ['2', 'a'],
        ['b', 'b'],
      ]),
      { 1: 'c' },
    );

    expect(JSON.stringify(object)).toBe('{"2":"a","b":"b","1":"c"}');
    expect(object['2']).toBe('a');
  });
});

describe('compareDecimals()', () => {
  test.each([
    ['1234567890123456789', '1234567890123456788', 1],
    ['9007199254740993', '9007199254740992', 1],
    ['2', '2.0', 0],
    ['-2', '1', -1],
    ['-2.5', '-2.50', 0],
    ['-3', '-2', -1],
    ['1e3', '1000', 0],
    ['1e-3', '0.001', 0],
    ['.5', '0.5', 0],
    ['0', '-0.0', 0],
    ['99', '100', -1],
    ['0.1', '0.09', 1],
  ])('%s and %s: %d', (one, other, expected) => {
    expect(compareDecimals(one, other)).toBe(expected);
  });

  test.each(['', 'abc', '1x', '--1'])('%j is no number', (text) => {
    expect(compareDecimals(text, '1')).toBeUndefined();
  });
});
