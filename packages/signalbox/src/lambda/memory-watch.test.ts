import { beforeEach, describe, expect, test } from '@jest/globals';
import { settlePromises } from '../core/test-clock.ts';
import { MemoryWatch } from './memory-watch.ts';

const MB = 1_048_576;

let residentMb: number;
let looks: Set<() => void>;
let watch: MemoryWatch;
let ended: string[];

beforeEach(() => {
  residentMb = 300;
  looks = new Set();
  ended = [];
  watch = new MemoryWatch({
    residentBytes: () => residentMb * MB,
    every(look) {
      looks.add(look);
      return () => looks.delete(look);
    },
  });
});

async function look(): Promise<void> {
  for (const one of looks) one();
  await settlePromises();
}

function begin(name: string, memoryMb: number): { busyMs: number; done: () => void } {
  const invocation = { busyMs: 0, done: () => {} };
  invocation.done = watch.watch({
    memoryMb,
    busyMs: () => invocation.busyMs,
    async end() {
      ended.push(name);
      residentMb = 300;
      invocation.done();
    },
  });
  return invocation;
}

describe('MemoryWatch', () => {
  test('lets an invocation have its memory, and what the process needs beside it', async () => {
    begin('small', 128);
    await look();
    residentMb += 128 + 256;
    await look();
    expect(ended).toEqual([]);

    residentMb += 1;
    await look();
    expect(ended).toEqual(['small']);
  });

  test('ends the busiest of those under way, and counts anew for the others', async () => {
    begin('waiting', 128);
    const filling = begin('filling', 128);
    await look();
    filling.busyMs = 500;
    residentMb += 1000;

    await look();
    expect(ended).toEqual(['filling']);
    await look();
    expect(ended).toEqual(['filling']);
  });

  test('looks only while something is under way', () => {
    const first = begin('first', 128);
    const second = begin('second', 128);
    expect(looks.size).toBe(1);

    first.done();
    expect(looks.size).toBe(1);
    second.done();
    expect(looks.size).toBe(0);
  });
});
