import { describe, expect, test } from '@jest/globals';
import { sleep } from './clock.ts';
import { nextTurn } from './next-turn.ts';
import { createSkippingClock } from './skipping-clock.ts';

/** Real time that stands still until the test moves it; immediates run when the test says so. */
function createStillTime(startMs = 1_000_000) {
  let nowMs = startMs;
  const immediates: (() => void)[] = [];
  const timers = new Set<{ readonly wake: () => void; readonly timeMs: number }>();
  async function settle(): Promise<void> {
    for (;;) {
      // Lets promise continuations run before the next immediate, as the event loop does.
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
      const next = immediates.shift();
      if (next === undefined) return;
      next();
    }
  }
  return {
    realNow: () => nowMs,
    setImmediate: (callback: () => void) => void immediates.push(callback),
    setTimer(wake: () => void, delayMs: number) {
      const timer = { wake, timeMs: nowMs + delayMs };
      timers.add(timer);
      return { cancel: () => void timers.delete(timer) };
    },
    settle,
    armed: () => timers.size,
    async pass(ms: number): Promise<void> {
      nowMs += ms;
      for (const timer of [...timers]) {
        if (timer.timeMs > nowMs) continue;
        timers.delete(timer);
        timer.wake();
      }
      await settle();
    },
  };
}

function createClock() {
  const time = createStillTime();
  const clock = createSkippingClock(time);
  const start = clock.now().getTime();
  const log: string[] = [];
  const at = (delayMs: number, name: string, awaited = false) =>
    clock.at(start + delayMs, () => void log.push(`${name}@${clock.now().getTime() - start}`), {
      awaited,
    });
  return { time, clock, start, log, at };
}

describe('createSkippingClock()', () => {
  test('never goes back, and skips all the same, when the machine’s clock is set back', async () => {
    const { time, clock, start, at, log } = createClock();
    await time.pass(5_000);
    expect(clock.now().getTime() - start).toBe(5_000);
    await time.pass(-60_000);
    expect(clock.now().getTime() - start).toBe(5_000);

    at(30_000, 'a');
    at(90_000, 'b');
    await time.settle();
    expect(log).toEqual(['a@30000', 'b@90000']);
    await time.pass(1_000);
    expect(clock.now().getTime() - start).toBe(91_000);
  });

  test('does not skip while long work gives turns of the event loop to others', async () => {
    const clock = createSkippingClock();
    const skipped = sleep(clock, 3_600_000);
    for (let slice = 1; slice <= 20; slice += 1) await nextTurn();
    expect(clock.skippedMs()).toBe(0);
    await skipped;
    expect(clock.skippedMs()).toBeGreaterThan(3_000_000);
  });

  test('wakes what waits for rest when nothing is under way, before time skips', async () => {
    const { time, clock, start, at, log } = createClock();
    const release = clock.hold();
    clock.at(start, () => void log.push(`rest@${clock.now().getTime() - start}`), { atRest: true });
    const cancelled = clock.at(start, () => void log.push('cancelled'), { atRest: true });
    at(1_000, 'second');
    await time.settle();
    expect(log).toEqual([]);

    cancelled.cancel();
    release();
    await time.settle();

    expect(log).toEqual(['rest@0', 'second@1000']);
  });

  test('fires timers in the order of their times without real time passing', async () => {
    const { time, at, log } = createClock();
    at(3_600_000, 'hour');
    at(1_000, 'second');

    await time.settle();

    expect(log).toEqual(['second@1000', 'hour@3600000']);
  });

  test('fires timers of one time in the order in which they were set', async () => {
    const { time, at, log } = createClock();
    for (const name of ['a', 'b', 'c', 'd']) at(5, name);

    await time.settle();

    expect(log).toEqual(['a@5', 'b@5', 'c@5', 'd@5']);
  });

  test('does not skip while work is under way', async () => {
    const { time, clock, at, log } = createClock();
    const release = clock.hold();
    at(1_000, 'wait');

    await time.settle();
    expect(log).toEqual([]);

    release();
    await time.settle();
    expect(log).toEqual(['wait@1000']);
  });

  test('counts holds, and ends each once', async () => {
    const { time, clock, at, log } = createClock();
    const first = clock.hold();
    const second = clock.hold();
    at(1_000, 'wait');

    first();
    first();
    await time.settle();
    expect(log).toEqual([]);

    second();
    await time.settle();
    expect(log).toEqual(['wait@1000']);
  });

  test('lets real time pass while work is under way', async () => {
    const { time, clock, at, log } = createClock();
    clock.hold();
    at(1_000, 'wait');
    await time.settle();

    await time.pass(999);
    expect(log).toEqual([]);
    await time.pass(1);

    expect(log).toEqual(['wait@1000']);
  });

  test('never jumps over an awaited timer', async () => {
    const { time, at, log } = createClock();
    at(60_000, 'token', true);
    at(1_000, 'before');
    at(90_000, 'after');

    await time.settle();
    expect(log).toEqual(['before@1000']);

    await time.pass(58_999);
    expect(log).toEqual(['before@1000']);
    await time.pass(1);
    expect(log).toEqual(['before@1000', 'token@60000', 'after@90000']);
  });

  test('does not jump to the very time of an awaited timer', async () => {
    const { time, at, log } = createClock();
    at(60_000, 'same time');
    at(60_000, 'token', true);

    await time.settle();

    expect(log).toEqual([]);
  });

  test('skips on when the awaited timer is cancelled', async () => {
    const { time, at, log } = createClock();
    const token = at(60_000, 'token', true);
    at(90_000, 'after');
    await time.settle();

    token.cancel();
    await time.settle();

    expect(log).toEqual(['after@90000']);
  });

  test('skips over awaited timers as far as skipTo() says', async () => {
    const { time, clock, start, at, log } = createClock();
    at(60_000, 'first', true);
    at(80_000, 'second', true);
    expect(clock.nextAwaited()).toBe(start + 60_000);

    clock.skipTo(start + 70_000);
    await time.settle();

    expect(log).toEqual(['first@60000']);
    expect(clock.now().getTime()).toBe(start + 70_000);
    expect(clock.nextAwaited()).toBe(start + 80_000);
  });

  test('begins at the instant that it is given, and goes on from there', async () => {
    const time = createStillTime();
    const clock = createSkippingClock({ ...time, startsAtMs: 5_000 });
    expect(clock.now().getTime()).toBe(5_000);

    await time.pass(250);

    expect(clock.now().getTime()).toBe(5_250);
  });

  test('reaches the time of skipTo() with no timer at all', async () => {
    const { time, clock, start } = createClock();

    clock.skipTo(start + 5_000);
    await time.settle();

    expect(clock.now().getTime()).toBe(start + 5_000);
    expect(clock.nextAwaited()).toBeUndefined();
  });

  test('does not fire a cancelled timer, and leaves no real timer behind', async () => {
    const { time, clock, at, log } = createClock();
    const release = clock.hold();
    const timer = at(1_000, 'wait');
    await time.settle();
    expect(time.armed()).toBe(1);

    timer.cancel();
    release();
    await time.settle();

    expect(log).toEqual([]);
    expect(time.armed()).toBe(0);
  });

  test('lets what a timer wakes cancel the next timer of the same time', async () => {
    const { time, clock, start, at, log } = createClock();
    clock.at(start + 10, () => second.cancel());
    const second = at(10, 'second');

    await time.settle();

    expect(log).toEqual([]);
  });

  test('waits for what a woken sleeper does before it jumps again', async () => {
    const { time, clock, start, at, log } = createClock();
    async function sleeper(): Promise<void> {
      await sleep(clock, 1_000);
      const release = clock.hold();
      log.push('working');
      await time.pass(50);
      release();
    }
    const done = sleeper();
    at(2_000, 'later');

    await time.settle();
    await done;
    await time.settle();

    expect(log).toEqual(['working', 'later@2000']);
    expect(clock.now().getTime()).toBe(start + 2_000);
  });

  test('never jumps because of a background timer, and fires it on the way', async () => {
    const { time, clock, start, at, log } = createClock();
    clock.at(start + 20_000, () => void log.push('poll'), { background: true });

    await time.settle();
    expect(log).toEqual([]);

    at(60_000, 'wait');
    await time.settle();
    expect(log).toEqual(['poll', 'wait@60000']);
  });

  test('rested() waits for the work and the waits, not for the awaited', async () => {
    const { time, clock, at, log } = createClock();
    const release = clock.hold();
    at(1_000, 'wait');
    at(60_000, 'token', true);
    const rested = clock.rested().then(() => log.push('rested'));

    await time.settle();
    expect(log).toEqual([]);

    release();
    await time.settle();
    await rested;
    expect(log).toEqual(['wait@1000', 'rested']);
  });

  test('skips in the real event loop', async () => {
    const clock = createSkippingClock();
    const start = clock.now().getTime();

    await sleep(clock, 86_400_000);

    expect(clock.now().getTime() - start).toBeGreaterThanOrEqual(86_400_000);
  });
});
