import { describe, expect, test } from '@jest/globals';
import { matchesWildcards } from './wildcards.ts';

describe('matchesWildcards()', () => {
  test.each<[string, string, boolean]>([
    ['log-2026.txt', 'log-*.txt', true],
    ['log-.txt', 'log-*.txt', true],
    ['log.txt', 'log-*.txt', false],
    ['a*b', String.raw`a\*b`, true],
    ['axb', String.raw`a\*b`, false],
    [String.raw`a\b`, String.raw`a\\b`, true],
    ['', '*', true],
    ['ab', '*b*', true],
    ['aba', 'ab*ba', false],
    ['abcabc', 'a*c', true],
  ])('%s against %s: %s', (text, pattern, expected) => {
    expect(matchesWildcards(text, pattern)).toBe(expected);
  });
});
