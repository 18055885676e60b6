import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isSecond, nameAgain, oldestSeconds, sweepStep } from './sweep-operations.ts';

const startedAtMs = Date.parse('2026-11-22T09:30:00.000Z');
const end = {
  executionArn: 'arn:aws:states:us-east-1:123456789012:execution:cost-review:monthly',
  name: 'monthly',
  status: 'ABORTED',
  startedAtMs,
  endedAtMs: startedAtMs + 60_000,
} as const;
const claimMs = 10_800_000;

describe('sweepStep()', () => {
  test('waits as long as the claim of the one that ended holds, and then begins anew', () => {
    const before = { nowMs: startedAtMs + claimMs - 1, claimMs };
    const after = { nowMs: startedAtMs + claimMs, claimMs };

    expect(sweepStep(end, undefined, before)).toEqual({ kind: 'none', isOpen: true });
    expect(sweepStep(end, undefined, after)).toEqual({ kind: 'start', isOpen: true });
  });

  test.each([
    ['RUNNING', false],
    ['ENDED_BADLY', true],
    ['SUCCEEDED', false],
  ] as const)('begins nothing where a second attempt is %s', (second, isOpen) => {
    const now = { nowMs: startedAtMs + 2 * claimMs, claimMs };

    expect(sweepStep(end, second, now)).toEqual({ kind: 'none', isOpen });
  });
});

describe('nameAgain()', () => {
  test('is one that Step Functions takes, the same each time, and another for another execution', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,80}$/);
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(nameAgain(one)).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
        expect(nameAgain(one) === nameAgain(other)).toBe(one === other);
        expect(isSecond(nameAgain(one))).toBe(true);
      }),
    );
  });
});

describe('oldestSeconds()', () => {
  test('counts from the end, or is 0', () => {
    const younger = { ...end, endedAtMs: startedAtMs + 90_000 };

    expect(oldestSeconds([younger, end], startedAtMs + 120_000)).toBe(60);
    expect(oldestSeconds([], startedAtMs)).toBe(0);
  });
});
