import { describe, expect, test } from '@jest/globals';
import { oneLine, prettyJson, readJson } from './format.ts';

/** Numbers that a double writes otherwise, and names that JavaScript would put first. */
const EXACT = '{"order":{"id":12345678901234567890,"total":2.0},"b":[9007199254740993],"1":0.10}';

describe('prettyJson()', () => {
  test('keeps numbers digit for digit and names in their place', () => {
    expect(prettyJson(EXACT)).toBe(`{
  "order": {
    "id": 12345678901234567890,
    "total": 2.0
  },
  "b": [
    9007199254740993
  ],
  "1": 0.10
}`);
  });

  test.each(['{"a":', '', 'plain'])('leaves "%s", which is no JSON, as it is', (text) => {
    expect(prettyJson(text)).toBe(text);
  });
});

describe('oneLine()', () => {
  test('writes what an editor shows as it came', () => {
    expect(oneLine(prettyJson(EXACT))).toBe(EXACT);
  });

  test('leaves a text with a mistake as it is', () => {
    expect(oneLine('{\n"a":')).toBe('{\n"a":');
  });
});

describe('readJson()', () => {
  test('reads nothing where there is no text, or no JSON', () => {
    expect(readJson(undefined)).toBeUndefined();
    expect(readJson('{"a"')).toBeUndefined();
    expect(readJson('null')).toBeNull();
  });
});
