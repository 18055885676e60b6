import { describe, expect, test } from '@jest/globals';
import { settlePromises } from '../../core/test-clock.ts';
import { createSharedLock } from './shared-lock.ts';

function recorder() {
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    log,
    run: (name: string) => () => {
      log.push(`${name} starts`);
      return new Promise<void>((resolve) => {
        ends.set(name, () => {
          log.push(`${name} ends`);
          resolve();
        });
      });
    },
    end: async (name: string) => {
      ends.get(name)?.();
      await settlePromises();
    },
  };
}

describe('createSharedLock()', () => {
  test('runs shared runs together and an exclusive run alone, in the order asked for', async () => {
    const { log, run, end } = recorder();
    const lock = createSharedLock();

    const all = [
      lock.shared(run('a')),
      lock.shared(run('b')),
      lock.exclusive(run('X')),
      lock.shared(run('c')),
    ];
    await settlePromises();
    expect(log).toEqual(['a starts', 'b starts']);
    await end('a');
    await end('b');
    expect(log.slice(4)).toEqual(['X starts']);
    await end('X');
    await end('c');
    await Promise.all(all);

    expect(log.slice(4)).toEqual(['X starts', 'X ends', 'c starts', 'c ends']);
  });

  test('goes on after a run that fails', async () => {
    const lock = createSharedLock();

    await expect(lock.exclusive(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(lock.shared(() => Promise.resolve('yes'))).resolves.toBe('yes');
  });
});
