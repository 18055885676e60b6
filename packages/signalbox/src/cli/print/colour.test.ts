import { describe, expect, test } from '@jest/globals';
import { createColour } from './colour.ts';

const TERMINAL = { isTTY: true };
const PIPE = {};
const RED = '\u001b[31mFAILED\u001b[39m';

describe('createColour', () => {
  test.each([
    ['a terminal', TERMINAL, {}, RED],
    ['a pipe', PIPE, {}, 'FAILED'],
    ['a terminal with NO_COLOR', TERMINAL, { NO_COLOR: '1' }, 'FAILED'],
    ['a terminal with an empty NO_COLOR', TERMINAL, { NO_COLOR: '' }, RED],
    ['a terminal that is dumb', TERMINAL, { TERM: 'dumb' }, 'FAILED'],
    ['a pipe with FORCE_COLOR', PIPE, { FORCE_COLOR: '1' }, RED],
    ['a pipe with FORCE_COLOR and NO_COLOR', PIPE, { FORCE_COLOR: '1', NO_COLOR: '1' }, RED],
    ['a terminal with FORCE_COLOR=0', TERMINAL, { FORCE_COLOR: '0' }, 'FAILED'],
  ])('decides for %s', (_what, stream, env, expected) => {
    expect(createColour(stream, env).bad('FAILED')).toBe(expected);
  });

  test('marks what is good, dim and bold, and leaves an empty text empty', () => {
    const { ok, dim, bold } = createColour(TERMINAL, {});
    expect([ok('a'), dim('b'), bold('c'), ok('')]).toEqual([
      '\u001b[32ma\u001b[39m',
      '\u001b[2mb\u001b[22m',
      '\u001b[1mc\u001b[22m',
      '',
    ]);
  });
});
