import { expect, test } from '@jest/globals';
import { startCountdown } from './countdown.ts';

/** A time in which each timer wakes so much later than it should. */
function lateTime(latenessMs: (call: number) => number) {
  let nowMs = 0;
  let calls = 0;
  let next: (() => void) | undefined;
  return {
    now: () => nowMs,
    setTimer(wake: () => void, delayMs: number) {
      next = () => {
        nowMs += delayMs + latenessMs(calls);
        calls += 1;
        wake();
      };
      return {
        cancel() {
          next = undefined;
        },
      };
    },
    /** Lets timers wake until there is none. */
    run() {
      while (next !== undefined) {
        const wake = next;
        next = undefined;
        wake();
      }
    },
  };
}

function endOf(limitMs: number, latenessMs: (call: number) => number): number {
  const time = lateTime(latenessMs);
  let endedAtMs = Number.NaN;
  startCountdown(
    limitMs,
    () => {
      endedAtMs = time.now();
    },
    time,
  );
  time.run();
  return endedAtMs;
}

test('ends after its time', () => {
  expect(endOf(3_000, () => 0)).toBe(3_000);
  expect(endOf(90, () => 0)).toBe(90);
});

test('counts a busy machine’s time as it is', () => {
  expect(endOf(3_000, () => 250)).toBe(3_000);
});

test('does not count the sleep of a machine', () => {
  expect(endOf(3_000, (call) => (call === 2 ? 60_000 : 0))).toBe(3_000 - 1_000 + 60_250);
});

test('ends never where it is cancelled', () => {
  const time = lateTime(() => 0);
  startCountdown(10, () => expect('an end').toBeUndefined(), time).cancel();
  time.run();
});
