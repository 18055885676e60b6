import { expect, test } from '@jest/globals';
import { createSkippingClock } from '../core/skipping-clock.ts';
import { settlePromises } from '../core/test-clock.ts';
import { TIMES_IN_SKIPPED_TIME } from './allowance.ts';
import { createTimetable } from './timetable.ts';

const START = '2026-01-05T10:00:00.000Z';
const MINUTE_MS = 60_000;

/** A timetable of one entry every five minutes, which starts work of a quarter of an hour each time. */
function everyFiveMinutes() {
  const real = { nowMs: Date.parse(START), wakes: new Set<() => void>() };
  const clock = createSkippingClock({
    realNow: () => real.nowMs,
    setTimer(wake) {
      real.wakes.add(wake);
      return { cancel: () => void real.wakes.delete(wake) };
    },
  });
  const fired: number[] = [];
  const paused: string[] = [];
  const timetable = createTimetable(
    clock,
    () => 0,
    (key) => paused.push(key),
  );
  timetable.set([
    {
      key: 'sweep',
      version: '1',
      expression: { kind: 'rate', periodMs: 5 * MINUTE_MS },
      timeZone: 'UTC',
      startMs: Date.parse(START),
      endMs: undefined,
      windowMs: 0,
      fire(plannedMs) {
        fired.push(plannedMs);
        clock.at(clock.now().getTime() + 15 * MINUTE_MS, () => {});
      },
      onEnd() {},
    },
  ]);
  return { clock, fired, paused, real };
}

test('a schedule whose work outlasts its period does not move time for ever', async () => {
  const { clock, fired, paused, real } = everyFiveMinutes();
  clock.at(Date.parse(START) + 5 * MINUTE_MS, () => {});
  await clock.rested();
  expect([fired.length, paused]).toEqual([TIMES_IN_SKIPPED_TIME, ['sweep']]);

  const restedAtMs = clock.now().getTime();
  real.nowMs += 6 * MINUTE_MS;
  for (const wake of [...real.wakes]) wake();
  await settlePromises();
  await clock.rested();
  expect(fired.length).toBe(TIMES_IN_SKIPPED_TIME + 1);
  expect(clock.now().getTime()).toBeGreaterThan(restedAtMs);
});
