import { describe, expect, test } from '@jest/globals';
import type { HistoryEvent, HistoryFact } from './history-event.ts';
import { addToSummary, EMPTY_SUMMARY, summarize } from './summary.ts';

function events(...facts: readonly HistoryFact[]): readonly HistoryEvent[] {
  return facts.map((fact, at) => ({
    ...fact,
    id: at + 1,
    previousEventId: at,
    timestamp: `2026-01-01T00:00:0${at}.000Z`,
  }));
}

const STARTED: HistoryFact = { type: 'ExecutionStarted', input: { a: 1 }, roleArn: 'role' };

describe('summarize()', () => {
  test('gives input, output and dates of a success', () => {
    expect(summarize(events(STARTED, { type: 'ExecutionSucceeded', output: [1] }))).toEqual({
      ...EMPTY_SUMMARY,
      status: 'SUCCEEDED',
      input: { a: 1 },
      output: [1],
      startedAt: '2026-01-01T00:00:00.000Z',
      stoppedAt: '2026-01-01T00:00:01.000Z',
    });
  });

  test.each([
    ['ExecutionFailed', 'FAILED'],
    ['ExecutionTimedOut', 'TIMED_OUT'],
    ['ExecutionAborted', 'ABORTED'],
  ] as const)('gives error and cause of %s', (type, status) => {
    expect(summarize(events(STARTED, { type, error: 'E', cause: 'C' }))).toMatchObject({
      status,
      error: 'E',
      cause: 'C',
    });
  });

  test('runs again after a redrive', () => {
    const redriven = summarize(
      events(
        STARTED,
        { type: 'ExecutionFailed', error: 'E' },
        { type: 'ExecutionRedriven', redriveCount: 1 },
      ),
    );

    expect(redriven).toMatchObject({ status: 'RUNNING', error: undefined, redriveCount: 1 });
    expect(redriven.redrivenAt).toBe('2026-01-01T00:00:02.000Z');
  });
});

describe('addToSummary()', () => {
  test('returns the same object for events that change nothing', () => {
    const [event] = events({ type: 'ParallelStateStarted' });

    expect(addToSummary(EMPTY_SUMMARY, event!)).toBe(EMPTY_SUMMARY);
  });
});
