import { describe, expect, test } from '@jest/globals';
import { createCachedSecret } from './payment-secret.ts';

function countingSecret() {
  const clock = { nowMs: 0 };
  let reads = 0;
  const secret = createCachedSecret(
    async () => {
      reads += 1;
      return `secret-${reads}`;
    },
    () => clock.nowMs,
  );
  return { clock, secret };
}

describe('createCachedSecret()', () => {
  test('reads once within five minutes, and again after', async () => {
    const { clock, secret } = countingSecret();

    expect(await secret.read()).toBe('secret-1');
    clock.nowMs = 299_999;
    expect(await secret.read()).toBe('secret-1');
    clock.nowMs = 300_000;
    expect(await secret.read()).toBe('secret-2');
  });

  test('reads again after it was told to forget', async () => {
    const { secret } = countingSecret();

    await secret.read();
    secret.forget();

    expect(await secret.read()).toBe('secret-2');
  });

  test('keeps nothing of a read that failed', async () => {
    let isDown = true;
    const secret = createCachedSecret(async () => {
      if (isDown) throw new Error('down');
      return 'secret';
    });

    await expect(secret.read()).rejects.toThrow('down');
    isDown = false;

    expect(await secret.read()).toBe('secret');
  });
});
