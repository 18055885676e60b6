import { describe, expect, test } from '@jest/globals';
import type { OpenJournal } from '../../core/journal.ts';
import { createTestClock } from '../../core/test-clock.ts';
import { createTestJournal } from '../../store/test-journal.ts';
import { LogStore, type LogStream } from './log-store.ts';

function open(logEvents: number, logStreams: number, openJournal?: OpenJournal) {
  const place = { region: 'eu-central-1', accountId: '123456789012' };
  return new LogStore(
    createTestClock('2026-01-01T00:00:00Z'),
    place,
    { logEvents, logStreams },
    openJournal,
  );
}

describe('LogStore', () => {
  test('keeps the last events of a stream', () => {
    const store = open(8, 10);
    const group = store.ensureGroup('group');
    const stream = store.ensureStream(group, 'stream');
    for (let number = 1; number <= 50; number += 1) {
      store.append(group, stream, [{ timestampMs: number, message: `${number}` }]);
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

  test('has its groups, streams and events again after a kill', () => {
    const openJournal = createTestJournal();
    const first = open(8, 3, openJournal);
    const group = first.ensureGroup('group');
    const stream = first.ensureStream(group, 'stream');
    first.append(group, stream, [{ timestampMs: 2, message: 'two' }]);
    first.record('/aws/lambda/one', 'its stream', [{ timestampMs: 1, message: 'one' }]);
    first.changeGroup(group, { retentionDays: 30, tags: { team: 'orders' } });
    const gone = first.ensureGroup('gone');
    first.ensureStream(gone, 'stream');
    first.deleteGroup(gone);
    first.deleteStream(group, first.ensureStream(group, 'gone too'));

    for (let starts = 1; starts <= 2; starts += 1) {
      expect(open(8, 3, openJournal).groups()).toEqual(first.groups());
    }
  });

  test('writes a long journal anew, and loses nothing', () => {
    const openJournal = createTestJournal();
    const first = open(8, 3, openJournal);
    for (let number = 1; number <= 10_050; number += 1) {
      first.record('group', 'stream', [{ timestampMs: number, message: `${number}` }]);
    }
    const messages = ({ events }: LogStream) => events.map(({ message }) => message);
    const streamOf = (store: LogStore) => store.stream(store.group('group'), 'stream');
    const last = messages(streamOf(first)).slice(-8);
    expect(messages(streamOf(open(8, 3, openJournal))).slice(-8)).toEqual(last);
  });
});
