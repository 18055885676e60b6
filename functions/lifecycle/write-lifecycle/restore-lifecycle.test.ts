import { describe, expect, test } from '@jest/globals';
import { decideRestore } from './restore-lifecycle.ts';

const of = (...ids: readonly string[]) => ({
  rules: ids.map((ID) => ({
    ID,
    Status: 'Enabled' as const,
    Filter: { Prefix: `${ID}/` },
    Expiration: { Days: 5 },
  })),
  minimumObjectSize: undefined,
});

describe('decideRestore()', () => {
  test('puts back what was there', () => {
    expect(decideRestore(of('a', 'own'), { base: of('a'), written: of('a', 'own') })).toEqual({
      kind: 'write',
      configuration: of('a'),
    });
  });

  test('deletes the lifecycle where there was none', () => {
    expect(decideRestore(of('own'), { base: null, written: of('own') })).toEqual({
      kind: 'write',
      configuration: undefined,
    });
  });

  test('never takes away what somebody has put since', () => {
    expect(
      decideRestore(of('a', 'own', 'theirs'), { base: of('a'), written: of('a', 'own') }),
    ).toEqual({ kind: 'leave', why: 'somebody has changed the lifecycle since' });
  });

  test('does nothing twice', () => {
    expect(decideRestore(of('a'), { base: of('a'), written: of('a', 'own') }).kind).toBe('leave');
    expect(decideRestore(undefined, { base: null, written: of('own') }).kind).toBe('leave');
  });
});
