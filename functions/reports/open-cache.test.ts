import { afterEach, describe, expect, test } from '@jest/globals';
import type { Cache } from './cache.ts';
import { connectCache } from './connect-cache.ts';
import { openCache } from './open-cache.ts';
import { startValkey, type TestValkey, type TestValkeyOptions, VALKEY } from './test-valkey.ts';

// Where this machine has one.
const describeValkey = VALKEY === undefined ? describe.skip : describe;

describeValkey('a cache in Valkey or Redis', () => {
  const running: TestValkey[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.stop()));
  });

  async function start(options?: TestValkeyOptions): Promise<TestValkey> {
    const valkey = await startValkey(options);
    running.push(valkey);
    return valkey;
  }

  async function usesCache(cache: Cache | undefined): Promise<void> {
    expect(await cache?.get('counts')).toBeNull();
    await cache?.set('counts', 'forty', 60);
    expect(await cache?.get('counts')).toBe('forty');
    await expect(cache?.set('counts', 'of no time', 0)).rejects.toThrow('invalid expire time');
  }

  test('is connected to anew after its server was gone', async () => {
    const valkey = await start();
    process.env['CACHE_ENDPOINT'] = valkey.endpoint;
    const cache = await openCache();
    await usesCache(cache);
    expect(await openCache()).toBe(cache);

    await valkey.stop();
    running.length = 0;
    await expect(cache?.get('counts')).rejects.toThrow();
    await expect(openCache()).rejects.toMatchObject({ code: 'ECONNREFUSED' });

    await start({ port: valkey.port });
    expect(await (await openCache())?.get('counts')).toBeNull();
  });

  test('speaks TLS where it has a token, and lets nobody in with another', async () => {
    const { endpoint, authority = '' } = await start({ token: 'secret' });
    const connect = (token: string) =>
      connectCache({ endpoint, token, authority, onLost: () => undefined });

    const cache = await connect('secret');
    await usesCache(cache);
    cache.close();
    await expect(connect('another')).rejects.toThrow('WRONGPASS');
  });
});

test('there is none where none is configured', async () => {
  process.env['CACHE_ENDPOINT'] = '';

  expect(await openCache()).toBeUndefined();
});
