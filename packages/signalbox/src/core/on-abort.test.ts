import { describe, expect, test } from '@jest/globals';
import { onAbort } from './on-abort.ts';

describe('onAbort()', () => {
  test('calls all that wait, in their order, but for those that have ended', () => {
    const controller = new AbortController();
    const called: string[] = [];
    onAbort(controller.signal, () => called.push('first'));
    const end = onAbort(controller.signal, () => called.push('ended'));
    onAbort(controller.signal, () => called.push('last'));

    end();
    controller.abort();

    expect(called).toEqual(['first', 'last']);
  });

  test('takes one listener of a signal, however many wait', () => {
    const { signal } = new AbortController();
    let added = 0;
    const { addEventListener } = signal;
    signal.addEventListener = (...given: Parameters<AbortSignal['addEventListener']>) => {
      added += 1;
      addEventListener.apply(signal, given);
    };

    for (let count = 0; count < 5; count += 1) onAbort(signal, () => {});

    expect(added).toBe(1);
  });
});
