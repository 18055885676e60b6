import { describe, expect, test } from '@jest/globals';
import { AwsError } from './aws-error.ts';
import { pageOf, pagePosition, pageToken } from './page-of.ts';

const LETTERS = ['a', 'b', 'c', 'd', 'e'];
const refusal = () => new AwsError('InvalidToken', 'Invalid token');

/** Reads every page in turn. */
function readAll(length: number, list?: string): (readonly string[])[] {
  const pages: (readonly string[])[] = [];
  let token: string | undefined;
  do {
    const { members, next } = pageOf(LETTERS, length, token, refusal, list);
    pages.push(members);
    token = next;
  } while (token !== undefined);
  return pages;
}

describe('pageOf()', () => {
  test.each([undefined, 'letters'])('cuts a list into pages, by tokens of %s', (list) => {
    expect(readAll(2, list)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  test('gives no token where the page ends with the list', () => {
    expect(pageOf(LETTERS, 5, undefined, refusal).next).toBeUndefined();
  });

  test.each(['x', '-1', '1.5', '', ' 1'])('refuses the token %j', (token) => {
    expect(() => pageOf(LETTERS, 2, token, refusal)).toThrow('Invalid token');
  });

  test('refuses the token of another list', () => {
    const { next } = pageOf(LETTERS, 2, undefined, refusal, 'letters');
    expect(() => pageOf(LETTERS, 2, next, refusal, 'words')).toThrow('Invalid token');
  });
});

describe('pagePosition()', () => {
  test('reads what pageToken() wrote', () => {
    expect(pagePosition('letters', pageToken('letters', 42))).toBe(42);
  });
});
