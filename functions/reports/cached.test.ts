import { describe, expect, test } from '@jest/globals';
import type { Cache } from './cache.ts';
import { cached } from './cached.ts';

function memory(): Cache & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    get: async (key) => entries.get(key) ?? null,
    set: async (key, value) => void entries.set(key, value),
  };
}

const broken: Cache = {
  get: () => Promise.reject(new Error('gone')),
  set: () => Promise.reject(new Error('gone')),
};

describe('cached()', () => {
  test('makes a value once, and reads it from then on', async () => {
    const cache = memory();
    let made = 0;
    const make = async () => {
      made += 1;
      return { count: made };
    };

    expect(await cached('a', make, async () => cache)).toEqual({ count: 1 });
    expect(await cached('a', make, async () => cache)).toEqual({ count: 1 });
    expect(await cached('b', make, async () => cache)).toEqual({ count: 2 });
  });

  test.each([
    ['is absent', async () => undefined],
    ['does not answer', async () => broken],
    ['cannot be opened', () => Promise.reject(new Error('refused'))],
    ['holds something else', async () => ({ ...memory(), get: async () => 'not JSON' })],
  ])('answers the same where the cache %s', async (_, open) => {
    expect(await cached('a', async () => ({ count: 1 }), open)).toEqual({ count: 1 });
  });

  test('passes on what goes wrong in making the value', async () => {
    const failing = () => Promise.reject(new TypeError('no database'));
    await expect(cached('a', failing, async () => memory())).rejects.toThrow('no database');
  });
});
