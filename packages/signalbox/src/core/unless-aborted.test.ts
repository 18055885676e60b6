import { describe, expect, test } from '@jest/globals';
import { unlessAborted } from './unless-aborted.ts';

const never = new Promise<string>(() => undefined);

describe('unlessAborted()', () => {
  test('returns the result of work that ends first', async () => {
    const { signal } = new AbortController();
    await expect(unlessAborted(Promise.resolve('done'), signal, () => 'aborted')).resolves.toBe(
      'done',
    );
  });

  test('fails as the work fails', async () => {
    const { signal } = new AbortController();
    const work = Promise.reject(new RangeError('out of range'));
    await expect(unlessAborted(work, signal, () => 'aborted')).rejects.toThrow('out of range');
  });

  test('returns what stands for the result once the signal aborts', async () => {
    const controller = new AbortController();
    const ended = unlessAborted(never, controller.signal, () => 'aborted');
    controller.abort();
    await expect(ended).resolves.toBe('aborted');
  });

  test('throws what whenAborted throws, also for a signal that has aborted before', async () => {
    const signal = AbortSignal.abort(new RangeError('too late'));
    const ended = unlessAborted(never, signal, () => {
      throw signal.reason;
    });
    await expect(ended).rejects.toThrow('too late');
  });
});
