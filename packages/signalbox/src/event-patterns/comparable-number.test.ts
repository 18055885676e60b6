import { describe, expect, test } from '@jest/globals';
import { comparableNumber } from './comparable-number.ts';

describe('comparableNumber()', () => {
  test.each([
    ['0', 0],
    ['-0.0', -0],
    ['300', 300],
    ['3.0e2', 300],
    ['0.0003E+4', 3],
    ['-4e-6', -0.000004],
    ['27.807807921694092', 27.807807921694092],
    ['1e308', 1e308],
  ])('reads %s', (text, value) => {
    expect(comparableNumber(text)).toBe(value);
  });

  test.each(['1e309', '-2.0e422', '0.30000000000000000001', '12345678901234567891'])(
    'finds no comparable number in %s',
    (text) => {
      expect(comparableNumber(text)).toBeUndefined();
    },
  );
});
