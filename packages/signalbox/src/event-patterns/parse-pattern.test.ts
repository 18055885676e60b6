import { describe, expect, test } from '@jest/globals';
import type { Json } from '../core/json.ts';
import { parsePattern, parsePatternText } from './parse-pattern.ts';

function problem(pattern: Json) {
  const result = parsePattern(pattern);
  return result.ok ? undefined : result.problems[0];
}

function reason(pattern: Json): string | undefined {
  return problem(pattern)?.message.replace('Event pattern is not valid. Reason: ', '');
}

describe('parsePattern()', () => {
  test('joins the names on the way to a field', () => {
    const result = parsePattern({ detail: { order: { status: ['paid'] } } });

    expect(result).toEqual({
      ok: true,
      value: {
        branches: [
          [
            {
              path: 'detail.order.status',
              matches: [{ kind: 'exact', value: 'paid' }],
              written: '["paid"]',
            },
          ],
        ],
      },
    });
  });

  test('makes a branch of each alternative of $or, times those of a second one', () => {
    const result = parsePattern({
      source: ['a'],
      $or: [{ x: [1] }, { y: [2] }],
      detail: { $or: [{ p: [1] }, { q: [2] }, { r: [3] }] },
    });

    const paths = result.ok
      ? result.value.branches.map((branch) => branch.map(({ path }) => path).join(' '))
      : [];
    expect(paths).toEqual([
      'source x detail.p',
      'source y detail.p',
      'source x detail.q',
      'source y detail.q',
      'source x detail.r',
      'source y detail.r',
    ]);
  });

  test('names the field of a mistake', () => {
    expect(problem({ detail: { total: [{ numeric: ['~', 1] }] } })).toEqual({
      message: 'Event pattern is not valid. Reason: Unrecognized numeric range operator: ~',
      path: 'detail.total',
    });
  });

  test.each<[Json, string]>([
    [[1], 'Filter is not an object'],
    [{}, 'Empty objects are not allowed'],
    [{ a: {} }, 'Empty objects are not allowed'],
    [{ a: [] }, 'Empty arrays are not allowed'],
    [{ a: 'b' }, '"a" must be an object or an array'],
    [{ a: [['b']] }, 'Match value must be String, number, true, false, or null'],
    [{ a: [{}] }, 'Match expression name not found'],
    [{ a: [{ constructor: 'b' }] }, 'Unrecognized match type constructor'],
    [{ a: [{ prefix: {} }] }, 'Prefix expression name not found'],
    [{ a: [{ suffix: { prefix: 'b' } }] }, 'Unsupported suffix pattern: prefix'],
    [{ a: [{ numeric: 1 }] }, 'Value of numeric must be an array.'],
    [{ a: [{ numeric: [] }] }, 'Invalid member in numeric match: ]'],
    [{ a: [{ numeric: ['>', 1, 2] }] }, 'Bad value in numeric range: 2'],
    [{ a: [{ numeric: ['>', 5, '<', 5] }] }, 'Bottom must be less than top'],
    [{ a: [{ numeric: ['=', 1], x: 1 }] }, 'Too many elements in numeric expression'],
    [{ a: [{ 'anything-but': {} }] }, 'Anything-But expression name not found'],
    [
      { a: [{ 'anything-but': ['x', 1] }] },
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    ],
    [
      { a: [{ 'anything-but': [null] }] },
      'Inside anything but list, start|null|boolean is not supported.',
    ],
    [{ a: [{ cidr: '10.0.0.0/-1' }] }, 'Malformed CIDR, mask bits must not be negative'],
    [{ a: [{ cidr: '10.0.0.0/x' }] }, 'Malformed CIDR, mask bits must be an integer'],
    [{ a: [{ cidr: '10.0.0.0/32' }] }, 'IPv4 mask bits must be < 32'],
    [{ a: [{ cidr: '::1/128' }] }, 'IPv6 mask bits must be < 128'],
    [{ a: [{ cidr: '10.0.0.300/8' }] }, 'Invalid IP address: 10.0.0.300'],
    [{ a: [{ wildcard: 'x**' }] }, 'Consecutive wildcard characters at pos 2'],
    [{ a: [{ wildcard: 'é\\n' }] }, 'Invalid escape character at pos 3'],
    [{ a: [{ exists: 'yes' }] }, 'exists match pattern must be either true or false.'],
    [{ a: [{ prefix: 1 }] }, 'prefix match pattern must be a string'],
    [{ a: [{ suffix: {} }] }, 'Suffix expression name not found'],
    [{ a: [{ exactly: 1 }] }, 'exact match pattern must be a string'],
    [{ a: [{ exactly: 'x', y: 1 }] }, 'Only one key allowed in match expression'],
    [{ a: [{ 'equals-ignore-case': 1 }] }, 'equals-ignore-case match pattern must be a string'],
    [{ a: [{ wildcard: [] }] }, 'wildcard match pattern must be a string'],
    [{ a: [{ cidr: 1 }] }, 'prefix match pattern must be a string'],
    [{ a: [{ numeric: ['>', 1, '>', 2] }] }, 'Bad numeric range operator: >'],
    [{ a: [{ numeric: ['>', 1, '<', '2'] }] }, 'Value of < must be numeric'],
    [{ a: [{ numeric: ['>', 1, '<', 2, 3] }] }, 'Too many terms in numeric range expression'],
    [{ a: [{ numeric: ['<=', null] }] }, 'Value of <= must be numeric'],
    [{ a: [{ 'anything-but': { exists: true } }] }, 'Unsupported anything-but pattern: exists'],
    [
      { a: [{ 'anything-but': true }] },
      'Value of anything-but must be an array or single string/number value.',
    ],
    [{ a: [{ 'anything-but': { prefix: '' } }] }, 'Null prefix/suffix not allowed'],
    [{ $or: {} }, 'It must be an Array followed with $or.'],
    [{ $or: [{ a: [1] }] }, 'There must have at least 2 Objects in $or relationship.'],
    [{ $or: [1, 2] }, 'Only JSON object is allowed in array of $or relationship.'],
    [
      { $or: [{ prefix: ['x'] }, { a: [1] }] },
      'prefix is Ruler reserved fieldName which cannot be used inside $or.',
    ],
    [
      { a: [{ wildcard: '*a*a*a*a*a*a*' }] },
      'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
    ],
  ])('refuses %j in the words of EventBridge', (pattern, expected) => {
    expect(reason(pattern)).toBe(expected);
  });

  test('refuses more than a thousand branches', () => {
    const alternatives = [{ a: [1] }, { b: [1] }, { c: [1] }, { d: [1] }];

    expect(
      reason({
        v: { $or: alternatives },
        w: { $or: alternatives },
        x: { $or: alternatives },
        y: { $or: alternatives },
        z: { $or: alternatives },
      }),
    ).toMatch('$or makes 1024 combinations');
  });

  test('takes a path twice as its last matches, as the service does', () => {
    const result = parsePatternText('{"x": ["y"], "x": ["z"]}');

    expect(result.ok && result.value.branches[0]?.map(({ written }) => written)).toEqual(['["z"]']);
  });
});

describe('parsePatternText()', () => {
  function message(source: string): string {
    const result = parsePatternText(source);
    return result.ok ? '' : (result.problems[0]?.message ?? '');
  }

  test('reports the place as the service does', () => {
    expect(message('{"a": [\n {"prefix": 1}]}')).toBe(
      'Event pattern is not valid. Reason: prefix match pattern must be a string\n at [Source: (String)"{"a": [\n {"prefix": 1}]}"; line: 2, column: 14]',
    );
  });

  test.each([
    ['', 'Filter is not an object'],
    [
      'nope',
      "Unrecognized token 'nope': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    ],
    [
      '{',
      'Unexpected end-of-input: expected close marker for Object (start marker at [Source: (String)"{"; line: 1, column: 1])',
    ],
    ['{"a', 'Unexpected end-of-input in field name'],
    ['{"a"', 'Unexpected end-of-input within/between Object entries'],
    [
      '{"a" 1}',
      "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
    ],
    [
      '{"a": ["b" "c"]}',
      "Unexpected character ('\"' (code 34)): was expecting comma to separate Array entries",
    ],
    ['{"a": [1,]}', "Unexpected character (']' (code 93)): expected a value"],
    ['{"a": ["\\x"]}', "Unrecognized character escape 'x' (code 120)"],
    ['{"a": [01]}', 'Invalid numeric value: Leading zeroes not allowed'],
    [
      '{"a": ["\n"]}',
      'Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value',
    ],
    [
      '{"a": ["\\u12"]}',
      "Unexpected character ('1' (code 49)): expected a hex-digit for character escape sequence",
    ],
    [
      '{"a": [?]}',
      "Unexpected character ('?' (code 63)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    ],
    [
      '{"a": [1],',
      'Unexpected end-of-input: expected close marker for Object (start marker at [Source: (String)"{"a": [1],"; line: 1, column: 1])',
    ],
    [
      '{"a":',
      'Unexpected end-of-input: expected close marker for Object (start marker at [Source: (String)"{"a":"; line: 1, column: 1])',
    ],
    [
      '{"a": [1',
      'Unexpected end-of-input: expected close marker for Array (start marker at [Source: (String)"{"a": [1"; line: 1, column: 7])',
    ],
    [
      '{"a": [1,',
      'Unexpected end-of-input: expected close marker for Array (start marker at [Source: (String)"{"a": [1,"; line: 1, column: 7])',
    ],
    ['{"a": ["x', 'Unexpected end-of-input: was expecting closing quote for a string value'],
    [
      "{'a': [1]}",
      `Unexpected character (''' (code 39)): was expecting double-quote to start field name`,
    ],
    [
      ']',
      "Unexpected character (']' (code 93)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    ],
    [
      '{"a": [1}',
      `Unexpected close marker '}': expected ']' (for Array starting at [Source: (String)"{"a": [1}"; line: 1, column: 7])`,
    ],
    ['{"a": [{"numeric": ["=", 1e999]}]}', 'Cannot compare number : 1e999'],
    [
      '{"a": [{"anything-but": 0.12345678901234567891}]}',
      'Cannot compare number : 0.12345678901234567891',
    ],
  ])('refuses the text %j', (source, expected) => {
    expect(message(source).split('\n at ')[0]).toBe(
      `Event pattern is not valid. Reason: ${expected}`,
    );
  });

  test('shows only the head of a long text', () => {
    const source = `{"a": ["${'x'.repeat(600)}", []]}`;

    expect(message(source)).toContain(`${source.slice(0, 500)}"[truncated 115 chars]; line: 1`);
  });

  test('reads escapes', () => {
    const result = parsePatternText('{"a": ["\\u00e9\\n\\"\\\\"]}');

    expect(result.ok && result.value.branches[0]?.[0]?.matches).toEqual([
      { kind: 'exact', value: 'é\n"\\' },
    ]);
  });
});
