import { describe, expect, test } from '@jest/globals';
import { parseFilterPattern } from './filter-pattern.ts';

describe('parseFilterPattern()', () => {
  test.each([
    ['', 'anything', true],
    ['ERROR', 'an ERROR here', true],
    ['ERROR', 'an error here', false],
    ['ERROR order', 'order 5: ERROR', true],
    ['ERROR order', 'ERROR alone', false],
    ['"order 5" ERROR', 'ERROR in order 5', true],
    ['"order 5"', 'order no. 5', false],
    ['{ $.level = "ERROR" }', '{"level":"ERROR"}', true],
    ['{ $.level = "ERROR" }', '{"level":"INFO","message":"ERROR"}', false],
    ['{$.order.id="7"}', '{"order":{"id":"7"}}', true],
    ['{ $.count = 7 }', '{"count":7}', true],
    ['{ $.count = 7 }', '{"count":8}', false],
    ['{ $.level = "ERROR" }', 'no JSON', false],
  ])('%j on %j: %j', (pattern, message, isWanted) => {
    expect(parseFilterPattern(pattern)(message)).toBe(isWanted);
  });

  test.each([
    '?ERROR ?WARN',
    '-DEBUG',
    '[ip, user]',
    '%re%',
    '{ $.a = "x" && $.b = "y" }',
    '{ $.a = "x*" }',
    '{ $.a[0] = 1 }',
  ])('refuses %j by name', (pattern) => {
    expect(() => parseFilterPattern(pattern)).toThrow(
      /Invalid filter pattern: .* is not rehearsed/,
    );
  });
});
