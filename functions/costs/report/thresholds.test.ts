import { describe, expect, test } from '@jest/globals';
import { parseMoney, percentHundredths } from '../money.ts';
import type { Line } from './comparison.ts';
import { exceeded, moversByAmount, moversByPercent } from './thresholds.ts';

const thresholds = { amount: parseMoney('100'), percent: 2_000n };

function line(current: string, previous: string | undefined, mean?: string, key = 'EC2'): Line {
  const [now, before, average] = [current, previous, mean].map((text) =>
    text === undefined ? undefined : parseMoney(text),
  );
  const delta = before === undefined ? undefined : (now ?? 0n) - before;
  const meanDelta = average === undefined ? undefined : (now ?? 0n) - average;
  return {
    key,
    label: key,
    current: now ?? 0n,
    previous: before,
    delta,
    percent: before === undefined ? undefined : percentHundredths(delta ?? 0n, before),
    mean: average,
    meanDelta,
    meanPercent: average === undefined ? undefined : percentHundredths(meanDelta ?? 0n, average),
    status: 'changed',
  };
}

describe('exceeded()', () => {
  test.each([
    ['both reached exactly', '600', '500', ['previous-month']],
    ['one cent too little', '599.99', '500', []],
    ['much money, few percent', '10150', '10000', []],
    ['many percent, little money', '60', '1', []],
    ['from nothing, enough money', '100', '0', ['previous-month']],
    ['from nothing, too little', '99.99', '0', []],
    ['a credit that shrank', '-100', '-400', ['previous-month']],
    ['a fall', '100', '900', []],
    ['a first month', '900', undefined, []],
  ])('%s: %s after %s', (_, current, previous, baselines) => {
    expect(exceeded(line(current, previous), thresholds)).toEqual(baselines);
  });

  test('looks at the mean as well, so that a slow rise is seen', () => {
    expect(exceeded(line('600', '590', '450'), thresholds)).toEqual(['mean']);
    expect(exceeded(line('600', '100', '100'), thresholds)).toEqual(['previous-month', 'mean']);
  });

  test('takes any rise where the thresholds are nothing, and no standstill', () => {
    const nothing = { amount: 0n, percent: 0n };

    expect(exceeded(line('1.01', '1'), nothing)).toEqual(['previous-month']);
    expect(exceeded(line('1', '1'), nothing)).toEqual([]);
  });
});

describe('moversByAmount() and moversByPercent()', () => {
  const lines = [
    line('10', '9', undefined, 'little'),
    line('1000', '800', undefined, 'much'),
    line('1', '900', undefined, 'down'),
    line('0.9', '0.02', undefined, 'cents'),
    line('5', '5', undefined, 'still'),
    line('50', '0', undefined, 'new'),
  ];

  test('put the largest change first, up or down', () => {
    expect(moversByAmount(lines, 3).map(({ key }) => key)).toEqual(['down', 'much', 'new']);
  });

  test('leave out of the percent what moved by less than the least', () => {
    expect(moversByPercent(lines, 9, parseMoney('1')).map(({ key }) => key)).toEqual([
      'down',
      'much',
      'little',
    ]);
  });
});
