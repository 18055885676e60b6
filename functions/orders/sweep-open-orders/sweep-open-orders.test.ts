import { describe, expect, test } from '@jest/globals';
import { oldestSeconds, sweepStep } from './sweep-open-orders.ts';

const order = {
  orderId: 'ord-1',
  openSince: '2026-11-22T09:30:00.000Z',
  status: 'PROCESSING',
  executionArn: 'arn:mine',
};
const sinceMs = Date.parse(order.openSince);
const end = { executionArn: 'arn:mine' };

describe('sweepStep()', () => {
  test('waits for an execution that runs', () => {
    expect(sweepStep(order, { ...end, status: 'RUNNING' }, sinceMs)).toEqual({ kind: 'wait' });
  });

  test('closes a confirmed order whose execution has announced it', () => {
    const confirmed = { ...order, status: 'CONFIRMED' };

    expect(sweepStep(confirmed, { ...end, status: 'SUCCEEDED' }, sinceMs)).toEqual({
      kind: 'close',
    });
  });

  test.each(['FAILED', 'TIMED_OUT', 'ABORTED', 'GONE'] as const)(
    'reconciles an order whose execution is %s',
    (status) => {
      expect(sweepStep(order, { ...end, status }, sinceMs)).toMatchObject({ kind: 'reconcile' });
    },
  );

  test('starts a reconciliation once an hour on the first day, then once a day', () => {
    const namesOfMinutes = (from: number, to: number): Set<unknown> => {
      const names = new Set<unknown>();
      for (let minute = from; minute < to; minute += 5) {
        const step = sweepStep(order, { ...end, status: 'ABORTED' }, sinceMs + minute * 60_000);
        if (step.kind === 'reconcile') names.add(step.executionName);
      }
      return names;
    };

    expect(namesOfMinutes(30, 150).size).toBe(2);
    expect(namesOfMinutes(38 * 60 + 30, 62 * 60 + 30).size).toBe(1);
  });

  test('gives a name that Step Functions takes, whatever the order is called', () => {
    const long = { ...order, orderId: 'x'.repeat(64) };
    const step = sweepStep(long, { ...end, status: 'ABORTED' }, sinceMs);

    expect(step.kind === 'reconcile' && step.executionName.length).toBeLessThanOrEqual(80);
  });
});

describe('oldestSeconds()', () => {
  test('is the age of the oldest, or 0', () => {
    const younger = { ...order, openSince: '2026-11-22T09:31:00.000Z' };

    expect(oldestSeconds([younger, order], sinceMs + 90_000)).toBe(90);
    expect(oldestSeconds([], sinceMs)).toBe(0);
  });
});
