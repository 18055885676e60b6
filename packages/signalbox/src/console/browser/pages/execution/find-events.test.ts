import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { describe, expect, test } from '@jest/globals';
import { findEvents } from './find-events.ts';

const timestamp = new Date(0);
const EVENTS: readonly HistoryEvent[] = [
  { id: 1, type: 'ExecutionStarted', timestamp },
  {
    ...{ id: 2, type: 'TaskStateEntered', timestamp },
    stateEnteredEventDetails: { name: 'Charge', input: '{"total":7}' },
  },
  {
    ...{ id: 3, type: 'TaskFailed', timestamp },
    taskFailedEventDetails: { resourceType: 'lambda', resource: 'invoke', error: 'Declined' },
  },
];
const ALL = { text: '', onlyFailed: false, isReversed: false };

function idsOf(query: Partial<typeof ALL>) {
  const stepOf = ({ id = 0 }: HistoryEvent) => (id > 1 ? 'Charge' : '');
  return findEvents(EVENTS, { ...ALL, ...query }, stepOf).map(({ id }) => id);
}

describe('findEvents()', () => {
  test('finds a text in type, step and details, in capitals or not, and signs as they are', () => {
    expect(idsOf({ text: 'charge' })).toEqual([2, 3]);
    expect(idsOf({ text: 'DECLINED' })).toEqual([3]);
    expect(idsOf({ text: '{"total":7}' })).toEqual([2]);
    expect(idsOf({ text: 'execution.tarted' })).toEqual([]);
  });

  test('takes a text between slashes as a regular expression, and all while it is not one yet', () => {
    expect(idsOf({ text: '/Task.*Charge/' })).toEqual([2, 3]);
    expect(idsOf({ text: '/declined/' })).toEqual([]);
    expect(idsOf({ text: '/(/' })).toEqual([1, 2, 3]);
  });

  test('finds failures alone, and turns the order', () => {
    expect(idsOf({ onlyFailed: true })).toEqual([3]);
    expect(idsOf({ isReversed: true })).toEqual([3, 2, 1]);
  });
});
