import { describe, expect, test } from '@jest/globals';
import { Recursions } from './recursions.ts';

describe('Recursions', () => {
  test('counts by trace and by function', () => {
    const recursions = new Recursions(2);
    const take = (root: string, arn: string) => recursions.take(`Root=${root};Parent=p`, arn);

    expect([take('1', 'a'), take('1', 'a'), take('1', 'a')]).toEqual([true, true, false]);
    expect([take('2', 'a'), take('1', 'b')]).toEqual([true, true]);
    expect(recursions.take(undefined, 'a')).toBe(true);
  });

  test('forgets the trace that was seen longest ago', () => {
    const recursions = new Recursions(1);
    expect(recursions.take('Root=first', 'a')).toBe(true);
    for (let trace = 0; trace < 10_000; trace += 1) recursions.take(`Root=${trace}`, 'a');
    expect(recursions.take('Root=first', 'a')).toBe(true);
    expect(recursions.take('Root=9999', 'a')).toBe(false);
  });
});
