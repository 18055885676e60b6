import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ExecutionRow } from '../../server/live-executions.ts';
import { createExecutionList } from './execution-list.ts';

function row(arn: string, startedMs: number, status = 'RUNNING', error?: string): ExecutionRow {
  const fixed = { name: arn, machineArn: 'm', stoppedMs: undefined, redriveCount: 0 };
  return { arn, startedMs, status, error, ...fixed };
}

describe('createExecutionList()', () => {
  test('is sorted from the newest on, with what was said last of each', () => {
    const rows = fc.array(
      fc.record({ arn: fc.integer({ min: 0, max: 20 }), status: fc.constantFrom('A', 'B') }),
    );
    fc.assert(
      fc.property(fc.array(rows), (batches) => {
        const list = createExecutionList();
        const last = new Map<string, ExecutionRow>();
        for (const batch of batches) {
          // An execution starts once: its time hangs on its name.
          const given = batch.map(({ arn, status }) => row(String(arn), (arn * 7) % 11, status));
          list.take(given);
          for (const one of given) last.set(one.arn, one);
          const shown = list.rows();
          expect(new Map(shown.map((one) => [one.arn, one.status]))).toEqual(
            new Map([...last].map(([arn, { status }]) => [arn, status])),
          );
          const times = shown.map(({ startedMs }) => startedMs);
          expect(times).toEqual(times.toSorted((a, b) => b - a));
        }
      }),
    );
  });

  test('keeps an error that a list does not have, and the array while nothing changes', () => {
    const list = createExecutionList();
    list.take([row('a', 1, 'FAILED', 'NotOk')]);
    list.take([row('a', 1, 'FAILED')]);
    expect(list.rows()).toMatchObject([{ arn: 'a', error: 'NotOk' }]);
    expect(list.rows()).toBe(list.rows());
  });
});
