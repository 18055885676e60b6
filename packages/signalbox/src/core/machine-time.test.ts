import { expect, test } from '@jest/globals';
import { createMachineTime } from './machine-time.ts';

function createTime(startsAtMs?: number) {
  let realMs = 1_000;
  const time = createMachineTime(() => realMs, startsAtMs);
  return {
    ...time,
    pass(ms: number) {
      realMs += ms;
    },
  };
}

test('goes on from its start', () => {
  const { now, pass } = createTime(5_000);
  expect(now()).toBe(5_000);
  pass(30);
  expect(now()).toBe(5_030);
});

test('never goes back', () => {
  const { now, pass } = createTime();
  pass(100);
  expect(now()).toBe(1_100);
  pass(-90);
  expect(now()).toBe(1_100);
  pass(5);
  expect(now()).toBe(1_105);
});

test('stands still for as long as somebody stops it', () => {
  const { now, pass, stop } = createTime();
  const [go, goToo] = [stop(), stop()];
  pass(50);
  go();
  go();
  pass(50);
  expect(now()).toBe(1_000);
  goToo();
  expect(now()).toBe(1_000);
  pass(7);
  expect(now()).toBe(1_007);
});
