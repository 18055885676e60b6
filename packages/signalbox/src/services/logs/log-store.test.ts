import { describe, expect, test } from '@jest/globals';
import { createTestClock } from '../../core/test-clock.ts';
import { LogStore } from './log-store.ts';

function open(logEvents: number, logStreams: number) {
  const place = { region: 'eu-central-1', accountId: '123456789012' };
  return new LogStore(createTestClock('2026-01-01T00:00:00Z'), place, { logEvents, logStreams });
}

describe('LogStore', () => {
  test('keeps the last events of a stream', () => {
    const store = open(8, 10);
    const stream = store.ensureStream(store.ensureGroup('group'), 'stream');
    for (let number = 1; number <= 50; number += 1) {
      store.append(stream, [{ timestampMs: number, message: `${number}` }]);
      expect(stream.events.length).toBeLessThanOrEqual(10);
    }
    expect(stream.events.at(-1)?.message).toBe('50');
    expect(stream.events.length).toBeGreaterThanOrEqual(8);
  });

  test('keeps the last streams of a group', () => {
    const store = open(8, 3);
    const group = store.ensureGroup('group');
    for (const name of ['a', 'b', 'c', 'a', 'd', 'e']) store.ensureStream(group, name);
    expect([...group.streams.keys()]).toEqual(['c', 'd', 'e']);
  });
});
