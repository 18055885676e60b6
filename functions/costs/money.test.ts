import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  exactMoney,
  parseMoney,
  percentHundredths,
  percentText,
  roundedMoney,
  scaled,
  sum,
} from './money.ts';

describe('parseMoney()', () => {
  test.each([
    ['0', '0'],
    ['12.3456789012', '12.3456789012'],
    ['-0.50', '-0.5'],
    ['4.2E-8', '0.000000042'],
    ['1e3', '1000'],
    ['.5', '0.5'],
    ['0.0000000000005', '0.000000000001'],
    ['99999999999999.99', '99999999999999.99'],
  ])('reads %s as %s', (text, exact) => {
    expect(exactMoney(parseMoney(text))).toBe(exact);
  });

  test.each(['', '-', '.', 'abc', '1,5', '1.2.3', 'NaN', '1e9999'])('refuses "%s"', (text) => {
    expect(() => parseMoney(text)).toThrow(RangeError);
  });

  test('adds up what floating point does not', () => {
    const cents = Array.from({ length: 10 }, () => parseMoney('0.1'));

    expect(exactMoney(sum(cents))).toBe('1');
    expect(
      Array(10)
        .fill(0.1)
        .reduce((a, b) => a + b),
    ).not.toBe(1);
  });
});

describe('exactMoney() and parseMoney()', () => {
  test('lose nothing, in whatever order amounts are added', () => {
    const amounts = fc.array(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }));

    fc.assert(
      fc.property(amounts, (units) => {
        const read = units.map((unit) => parseMoney(exactMoney(unit)));
        expect(sum(read)).toBe(sum([...units].reverse()));
      }),
    );
  });
});

describe('roundedMoney()', () => {
  test.each([
    ['1.005', '1.01'],
    ['-1.005', '-1.01'],
    ['0.004', '0.00'],
    ['1234.5', '1234.50'],
  ])('writes %s as %s', (text, rounded) => {
    expect(roundedMoney(parseMoney(text))).toBe(rounded);
  });
});

describe('percentHundredths()', () => {
  test('is of the size of a negative whole, and of nothing undefined', () => {
    expect(percentHundredths(parseMoney('50'), parseMoney('-200'))).toBe(2_500n);
    expect(percentHundredths(parseMoney('-50'), parseMoney('200'))).toBe(-2_500n);
    expect(percentHundredths(parseMoney('50'), 0n)).toBeUndefined();
  });

  test.each([
    [2_500n, '25'],
    [-1_250n, '-12.5'],
    [5n, '0.05'],
    [0n, '0'],
  ])('%s reads %s', (hundredths, text) => {
    expect(percentText(hundredths)).toBe(text);
  });
});

describe('scaled()', () => {
  test('rounds half away from zero', () => {
    expect([scaled(5n, 1, 2), scaled(-5n, 1, 2), scaled(310n, 30, 31)]).toEqual([3n, -3n, 300n]);
  });
});
