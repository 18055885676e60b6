import { describe, expect, test } from '@jest/globals';
import { reconciliationNameOf } from './reconciliation-name.ts';

const endedAtMs = Date.parse('2026-11-22T09:30:00.000Z');
const stopped = { executionArn: 'arn:stopped', name: 'run-1', startedAtMs: endedAtMs, endedAtMs };
const nameAfter = (minutes: number) => reconciliationNameOf(stopped, endedAtMs + minutes * 60_000);

describe('reconciliationNameOf()', () => {
  test('gives the event of the end its chance first', () => {
    expect(nameAfter(1)).toBeUndefined();
    expect(nameAfter(2)).toBe('run-1-t0');
  });

  test('asks again after one, two, four hours, and no oftener', () => {
    const names = new Set<unknown>();
    for (let minute = 5; minute <= 24 * 60; minute += 5) names.add(nameAfter(minute));

    expect([...names]).toEqual(['t0', 't1', 't2', 't3', 't4', 't5'].map((turn) => `run-1-${turn}`));
  });

  test('asks no more after a week', () => {
    expect(nameAfter(7 * 24 * 60)).toBe('run-1-t8');
    expect(nameAfter(7 * 24 * 60 + 1)).toBeUndefined();
  });

  test('gives a name that Step Functions takes, however long that of the execution is', () => {
    const long = { ...stopped, name: 'x'.repeat(80) };

    expect(reconciliationNameOf(long, endedAtMs + 300_000)).toHaveLength(80);
  });
});
