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
    const asked: unknown[] = [];
    for (let minute = 5; minute <= 8 * 24 * 60; minute += 5) asked.push(nameAfter(minute));
    const names = asked.filter((name) => name !== undefined);

    expect([...new Set(names)]).toEqual(
      Array.from({ length: 9 }, (_, turn) => `run-1-t${turn}`), // the last after 128 hours
    );
    expect(names.length).toBeLessThanOrEqual(9 * 7);
  });

  test('asks for a turn for half an hour, should a sweep not come through', () => {
    expect([nameAfter(59), nameAfter(60), nameAfter(90), nameAfter(91)]).toEqual([
      undefined,
      'run-1-t1',
      'run-1-t1',
      undefined,
    ]);
  });

  test('gives a name that Step Functions takes, however long that of the execution is', () => {
    const long = { ...stopped, name: 'x'.repeat(80) };

    expect(reconciliationNameOf(long, endedAtMs + 300_000)).toHaveLength(80);
  });
});
