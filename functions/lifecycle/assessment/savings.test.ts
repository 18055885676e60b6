import type { LifecycleRule } from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import { pricesIn } from './prices.ts';
import { dollarsText, estimateSavings } from './savings.ts';

const prices = pricesIn('us-east-1');
const GB = 2 ** 30;
const rule = (...classes: NonNullable<LifecycleRule['Transitions']>): LifecycleRule => ({
  Status: 'Enabled',
  Transitions: classes,
});
const ia = { Days: 30, StorageClass: 'STANDARD_IA' } as const;
const deep = { Days: 365, StorageClass: 'DEEP_ARCHIVE' } as const;

describe('estimateSavings()', () => {
  test('multiplies the gigabytes by the difference, and breaks even after the fees', () => {
    const metrics = { bytes: { STANDARD: 1_000 * GB }, objects: 1_000_000 };

    expect(estimateSavings(rule(ia), metrics, prices)).toEqual({
      monthlyMicroDollars: 10_500_000, // 1,000 GB x ($0.023 - $0.0125)
      oneOffMicroDollars: 10_000_000, // 1,000 x $0.01
      breakEvenMonths: 1,
      note: expect.stringContaining('upper bound'),
    });
  });

  test('takes off what archived objects take in addition, and adds up the fees on the way', () => {
    const metrics = { bytes: { STANDARD: 1_000 * GB, STANDARD_IA: 100 * GB }, objects: 1_000_000 };
    const gain = 1_000 * 22_010 + 100 * 11_510;
    const overhead = (1_000_000 * (32_768 * 990 + 8_192 * 23_000)) / GB;

    const savings = estimateSavings(rule(ia, deep), metrics, prices);

    expect(savings.monthlyMicroDollars).toBe(Math.floor(gain - overhead));
    expect(savings.oneOffMicroDollars).toBe(60_000_000);
    expect(savings.breakEvenMonths).toBe(3);
  });

  test.each([
    ['small objects', { bytes: { STANDARD: 100_000_000 }, objects: 1_000 }, [ia]],
    ['an empty bucket', { bytes: {}, objects: 0 }, [ia]],
    ['objects that are cold already', { bytes: { GLACIER: GB }, objects: 1 }, [ia]],
    ['a rule that moves nothing', { bytes: { STANDARD: GB }, objects: 1 }, []],
  ])('promises nothing for %s', (_, metrics, classes) => {
    expect(estimateSavings(rule(...classes), metrics, prices)).toMatchObject({
      monthlyMicroDollars: 0,
      oneOffMicroDollars: 0,
      breakEvenMonths: undefined,
    });
  });

  test('stays exact for petabytes', () => {
    const metrics = { bytes: { STANDARD: 8 * 1_024 ** 5 }, objects: 1_000_000_000 };

    expect(estimateSavings(rule(ia), metrics, prices).monthlyMicroDollars).toBe(
      8 * 1_024 ** 2 * 10_500,
    );
  });
});

describe('pricesIn()', () => {
  test('says whose prices it took where it does not know the Region', () => {
    expect(pricesIn('mars-north-1').region).toBe('us-east-1');
  });
});

describe('dollarsText()', () => {
  test.each([
    [0, '$0.00'],
    [4_999, '$0.00'],
    [5_000, '$0.01'],
    [1_234_500_000, '$1,234.50'],
  ])('writes %p', (microDollars, text) => {
    expect(dollarsText(microDollars)).toBe(text);
  });
});
