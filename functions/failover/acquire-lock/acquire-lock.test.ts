import { describe, expect, test } from '@jest/globals';
import { acquisitionOf } from './acquire-lock.ts';

function errorOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : error;
  }
}

describe('acquisitionOf()', () => {
  test('takes its own earlier lock for locked', () => {
    expect(acquisitionOf({ kind: 'ours', fencing: 7 })).toMatchObject({
      outcome: 'locked',
      fencing: 7,
    });
  });

  test('ends well where a trigger comes too soon', () => {
    expect(acquisitionOf({ kind: 'cooling-down', until: '2026' })).toEqual({
      outcome: 'cooling-down',
      fencing: 0,
      reason: 'Cooling down until 2026',
    });
  });

  test('says who holds the lock', () => {
    expect(errorOf(() => acquisitionOf({ kind: 'locked', by: 'x is held' }))).toBe(
      'FailoverLockedError: Another failover is under way: x is held',
    );
  });

  test('wants to be tried again where the locks are free after all', () => {
    expect(errorOf(() => acquisitionOf({ kind: 'free', fencing: 1 }))).toMatch(
      /^LockContentionError/,
    );
  });
});
