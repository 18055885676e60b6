import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createRealClock } from './real-clock.ts';

describe('createRealClock()', () => {
  beforeEach(() => void jest.useFakeTimers({ now: 1_000 }));
  afterEach(() => void jest.useRealTimers());

  test('wakes at the time and not before', () => {
    const wake = jest.fn();
    createRealClock().at(6_000, wake);

    jest.advanceTimersByTime(4_999);
    expect(wake).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(wake).toHaveBeenCalledTimes(1);
  });

  test('waits longer than one timer of Node can', () => {
    const wake = jest.fn();
    const aYearMs = 365 * 86_400_000;
    createRealClock().at(1_000 + aYearMs, wake);

    jest.advanceTimersByTime(aYearMs - 1);
    expect(wake).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(wake).toHaveBeenCalledTimes(1);
  });

  test('does not wake what was cancelled', () => {
    const wake = jest.fn();
    const timer = createRealClock().at(2_000, wake);

    timer.cancel();
    jest.advanceTimersByTime(5_000);

    expect(wake).not.toHaveBeenCalled();
    expect(jest.getTimerCount()).toBe(0);
  });
});
