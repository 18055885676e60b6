import { describe, expect, test } from '@jest/globals';
import { hasSid, oneOrMore, statementsIn } from './statements.ts';

describe('statementsIn()', () => {
  test.each([
    [undefined, { head: undefined, statements: [] }],
    ['[', { head: undefined, statements: [] }],
    ['{"Version":"v"}', { head: { Version: 'v' }, statements: [] }],
    ['{"Statement":{"Sid":"a"}}', { head: {}, statements: [{ Sid: 'a' }] }],
    [
      '{"Id":"i","Statement":[{"Sid":"a"},1]}',
      { head: { Id: 'i' }, statements: [{ Sid: 'a' }, 1] },
    ],
  ])('of %j', (policy, found) => {
    expect(statementsIn(policy)).toEqual(found);
  });
});

test('a statement is known by its Sid', () => {
  expect([hasSid({ Sid: 'a' }, 'a'), hasSid({ Sid: 'b' }, 'a'), hasSid(1, 'a')]).toEqual([
    true,
    false,
    false,
  ]);
});

test('one value stands alone', () => {
  expect([oneOrMore(['a']), oneOrMore(['a', 'b']), oneOrMore([])]).toEqual(['a', ['a', 'b'], []]);
});
