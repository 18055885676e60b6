import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { describe, expect, test } from '@jest/globals';
import { hasHeard } from './heard-decision.ts';

const timestamp = new Date('2026-11-22T09:30:00Z');
const wait: HistoryEvent = {
  timestamp,
  id: 7,
  previousEventId: 6,
  type: 'TaskSubmitted',
  taskSubmittedEventDetails: { resourceType: 'lambda', resource: 'invoke.waitForTaskToken' },
};

function endedBy(type: HistoryEvent['type']): readonly HistoryEvent[] {
  return [wait, { timestamp, id: 9, previousEventId: 7, type }];
}

describe('hasHeard()', () => {
  test.each(['TaskSucceeded', 'TaskFailed'] as const)('is so after %s', (type) => {
    expect(hasHeard(endedBy(type))).toBe(true);
  });

  test.each(['TaskTimedOut', 'ExecutionAborted'] as const)('is not so after %s', (type) => {
    expect(hasHeard(endedBy(type))).toBe(false);
  });

  test('is not so while the workflow waits, or where it never asked', () => {
    expect(hasHeard([wait])).toBe(false);
    expect(hasHeard([])).toBe(false);
  });

  test('takes the last wait: the one before was ended by a lost answer', () => {
    const again = { ...wait, id: 17, previousEventId: 16 };

    expect(hasHeard([...endedBy('TaskFailed'), again])).toBe(false);
  });
});
