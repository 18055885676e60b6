import { describe, expect, test } from '@jest/globals';
import type { Retrier } from '../ast.ts';
import { RetryCounts, retryDelayMs } from './retry.ts';

const RETRIER: Retrier = {
  errorEquals: ['States.ALL'],
  intervalSeconds: 2,
  maxAttempts: 3,
  backoffRate: 2,
  maxDelaySeconds: 5,
  jitterStrategy: 'NONE',
};

describe('retryDelayMs()', () => {
  test('backs off up to MaxDelaySeconds', () => {
    expect([0, 1, 2].map((retry) => retryDelayMs(RETRIER, retry, () => 0))).toEqual([
      2000, 4000, 5000,
    ]);
  });

  test('takes a random part of the delay with FULL jitter', () => {
    const jittered = { ...RETRIER, jitterStrategy: 'FULL' } as const;

    expect(retryDelayMs(jittered, 1, () => 0.25)).toBe(1000);
  });
});

describe('RetryCounts', () => {
  test('gives up after MaxAttempts', () => {
    const counts = new RetryCounts([{ ...RETRIER, maxAttempts: 1 }]);
    const error = { names: ['Any'], isFromTask: true };

    expect([counts.next(error, () => 0), counts.next(error, () => 0)]).toEqual([2000, undefined]);
  });

  test('never retries States.Runtime', () => {
    const counts = new RetryCounts([{ ...RETRIER, errorEquals: ['States.Runtime'] }]);

    expect(counts.next({ names: ['States.Runtime'], isFromTask: false }, () => 0)).toBeUndefined();
  });
});
