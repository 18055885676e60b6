import { describe, expect, test } from '@jest/globals';
import type { HistoryEvent } from './history-event.ts';
import type { ExecutionHeader, HistoryStore } from './store.ts';

/** A header for tests; each name makes another execution. */
export function headerOf(name: string, machine = 'orders'): ExecutionHeader {
  return {
    executionArn: `arn:aws:states:eu-west-1:123456789012:execution:${machine}:${name}`,
    name,
    stateMachineArn: `arn:aws:states:eu-west-1:123456789012:stateMachine:${machine}`,
    stateMachineName: machine,
    type: 'STANDARD',
    roleArn: 'arn:aws:iam::123456789012:role/orders',
    definition: '{"StartAt":"Done","States":{"Done":{"Type":"Succeed"}}}',
    input: '{"umlaut": "ä"}',
    startDate: '2026-01-01T00:00:00.000Z',
  };
}

/** An event for tests, with text of more than one byte per character. */
export function eventOf(id: number): HistoryEvent {
  return {
    type: 'PassStateEntered',
    name: `State-ä-${id}`,
    input: { note: '🚂'.repeat(id % 5) },
    id,
    previousEventId: id - 1,
    timestamp: '2026-01-01T00:00:00.000Z',
  };
}

/** The facts that hold for every history store. */
export function describeStore(createStore: () => HistoryStore): void {
  describe('create()', () => {
    test('makes an execution that runs and has no events', () => {
      const store = createStore();
      const header = headerOf('a');

      store.create(header);

      const found = store.find(header.executionArn);
      expect(found?.header).toEqual(header);
      expect(found?.summary.status).toBe('RUNNING');
      expect(found?.eventCount).toBe(0);
      expect(store.events(header.executionArn, 1, 10)).toEqual([]);
    });

    test('refuses the same execution twice', () => {
      const store = createStore();
      store.create(headerOf('a'));

      expect(() => store.create(headerOf('a'))).toThrow('Cannot open a history twice');
    });
  });

  describe('append()', () => {
    test('folds the events into the summary', () => {
      const store = createStore();
      const { executionArn } = headerOf('a');
      store.create(headerOf('a'));
      const timestamp = '2026-01-01T00:00:00.000Z';

      store.append(executionArn, {
        type: 'ExecutionStarted',
        input: { n: 1 },
        roleArn: 'arn:aws:iam::123456789012:role/orders',
        id: 1,
        previousEventId: 0,
        timestamp,
      });
      store.append(executionArn, {
        type: 'ExecutionFailed',
        error: 'Broken',
        cause: 'by a test',
        id: 2,
        previousEventId: 1,
        timestamp: '2026-01-01T00:00:01.000Z',
      });

      expect(store.find(executionArn)?.summary).toMatchObject({
        status: 'FAILED',
        input: { n: 1 },
        error: 'Broken',
        cause: 'by a test',
        startedAt: timestamp,
        stoppedAt: '2026-01-01T00:00:01.000Z',
      });
    });

    test('refuses an event that is not the next one', () => {
      const store = createStore();
      store.create(headerOf('a'));

      expect(() => store.append(headerOf('a').executionArn, eventOf(2))).toThrow(
        'Cannot take event 2: the next one is 1',
      );
    });

    test('refuses an event of an unknown execution', () => {
      expect(() => createStore().append('arn:none', eventOf(1))).toThrow('Cannot find a history');
    });
  });

  describe('events()', () => {
    test('returns any stretch of the history', () => {
      const store = createStore();
      const { executionArn } = headerOf('a');
      store.create(headerOf('a'));
      const all = Array.from({ length: 12 }, (_, index) => eventOf(index + 1));
      for (const event of all) store.append(executionArn, event);

      for (let firstId = 1; firstId <= 13; firstId += 1) {
        for (let count = 0; count <= 13; count += 1) {
          const expected = all.slice(firstId - 1, firstId - 1 + count);
          expect(store.events(executionArn, firstId, count)).toEqual(expected);
        }
      }
    });

    test('keeps the events of executions apart', () => {
      const store = createStore();
      store.create(headerOf('a'));
      store.create(headerOf('b'));
      store.append(headerOf('a').executionArn, eventOf(1));
      store.append(headerOf('b').executionArn, eventOf(1));
      store.append(headerOf('a').executionArn, eventOf(2));

      expect(store.find(headerOf('a').executionArn)?.eventCount).toBe(2);
      expect(store.find(headerOf('b').executionArn)?.eventCount).toBe(1);
    });
  });

  describe('executionsOf()', () => {
    test('returns the executions of one machine in the order of their start', () => {
      const store = createStore();
      for (const header of [headerOf('b'), headerOf('x', 'other'), headerOf('a')]) {
        store.create(header);
      }

      const names = store
        .executionsOf(headerOf('a').stateMachineArn)
        .map(({ header }) => header.name);
      expect(names).toEqual(['b', 'a']);
      expect(store.executions().map(({ header }) => header.name)).toEqual(['b', 'x', 'a']);
      expect(store.executionsOf('arn:none')).toEqual([]);
    });
  });
}
