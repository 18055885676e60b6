import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openFileStore } from './file-store.ts';
import type { HistoryEvent } from './history-event.ts';
import { eventOf, headerOf } from './store.contract.ts';
import type { HistoryStore } from './store.ts';

let root = '';
beforeAll(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-ended-'));
});
afterAll(() => fs.rmSync(root, { recursive: true }));

const timestamp = '2026-01-01T00:00:00.000Z';
const STARTED: HistoryEvent = {
  ...{ id: 1, previousEventId: 0, timestamp },
  ...{ type: 'ExecutionStarted', input: { umlaut: 'ä' }, roleArn: 'arn:role' },
};
const SUCCEEDED: HistoryEvent = {
  ...{ id: 3, previousEventId: 2, timestamp },
  ...{ type: 'ExecutionSucceeded', output: { done: '🚂' } },
};
const FAILED: HistoryEvent = {
  ...{ id: 3, previousEventId: 2, timestamp },
  ...{ type: 'ExecutionFailed', error: 'Oops', cause: 'It broke' },
};

/** Plays an execution with three events to its end. */
function play(store: HistoryStore, name: string, end: HistoryEvent = SUCCEEDED): string {
  const header = { ...headerOf(name), traceHeader: name === 'traced' ? 'Root=1' : undefined };
  store.create(header);
  for (const event of [STARTED, eventOf(2), end]) store.append(header.executionArn, event);
  store.catchUp();
  return header.executionArn;
}

const newFolder = (): string => fs.mkdtempSync(path.join(root, 'store-'));
const names = (store: HistoryStore) => store.executions().map(({ header }) => header.name);

describe('executions that have ended', () => {
  test.each(['the same process', 'another one'])('are read as they were by %s', (reader) => {
    const folder = newFolder();
    const first = openFileStore(folder).store;
    const [a, b, c] = [play(first, 'a'), play(first, 'b', FAILED), play(first, 'traced')];
    const { store, problems } =
      reader === 'another one' ? openFileStore(folder) : { store: first, problems: [] };

    expect(problems).toEqual([]);
    expect(names(store)).toEqual(['a', 'b', 'traced']);
    expect(store.executionsOf(headerOf('a').stateMachineArn)).toHaveLength(3);
    const found = store.find(a);
    expect(found).toMatchObject({ eventCount: 3, header: headerOf('a') });
    expect(found?.header.input).toBe(headerOf('a').input);
    expect(found?.header.definition).toBe(headerOf('a').definition);
    expect(found?.summary).toMatchObject({ status: 'SUCCEEDED', stoppedAt: timestamp });
    expect(found?.summary.input).toEqual({ umlaut: 'ä' });
    expect(found?.summary.output).toEqual({ done: '🚂' });
    const failed = store.find(b)?.summary;
    expect(failed).toMatchObject({ status: 'FAILED', error: 'Oops', redriveCount: 0 });
    expect(failed?.cause).toBe('It broke');
    expect(failed?.output).toBeUndefined();
    expect(store.find(c)?.header.traceHeader).toBe('Root=1');
    expect(store.events(b, 2, 9)).toEqual([eventOf(2), FAILED]);
  });

  test('need no history to be read at the start', () => {
    const folder = newFolder();
    const { store } = openFileStore(folder);
    const [a, b] = [play(store, 'a'), play(store, 'b')];
    const file = path.join(folder, 'events-00000001.jsonl');
    const bytes = fs.readFileSync(file);
    bytes.fill('x', 0, bytes.indexOf(10));
    fs.writeFileSync(file, bytes);

    const { store: again, problems } = openFileStore(folder);

    expect(problems).toEqual([]);
    expect(again.events(b, 1, 9)).toHaveLength(3);
    expect(again.find(a)?.summary.output).toEqual({ done: '🚂' });
    expect(() => again.find(a)?.header.input).toThrow(
      `Cannot read the history, whose lines are in ${file}: it is missing or damaged`,
    );
  });

  test('are found in their histories where the index does not have them', () => {
    for (const damage of ['', '["end",1', 'null\n']) {
      const folder = newFolder();
      const { store } = openFileStore(folder);
      for (const name of ['a', 'b']) play(store, name);
      store.create(headerOf('c'));
      const index = path.join(folder, 'index.jsonl');
      fs.writeFileSync(index, damage);

      const { store: again, problems } = openFileStore(folder);

      expect(names(again)).toEqual(['a', 'b', 'c']);
      expect(again.executions().map(({ summary }) => summary.status)).toEqual([
        'SUCCEEDED',
        'SUCCEEDED',
        'RUNNING',
      ]);
      const message = 'This line cannot be read: the index is made anew from the histories';
      expect(problems).toEqual(damage === 'null\n' ? [{ file: index, line: 1, message }] : []);
      expect(openFileStore(folder).problems).toEqual([]);
    }
  });

  test('are left out where their lines are gone', () => {
    const folder = newFolder();
    const { store } = openFileStore(folder);
    const a = play(store, 'a');
    const file = path.join(folder, 'events-00000001.jsonl');
    fs.truncateSync(file, 100);

    expect(openFileStore(folder).problems[0]).toEqual({
      file,
      message: `Left out the execution ${a}: its last bytes are missing: put a copy of the file in its place`,
    });
  });

  test('go on when they are redriven, also after a kill', () => {
    const folder = newFolder();
    const { store } = openFileStore(folder);
    const a = play(store, 'a', FAILED);
    play(store, 'b');
    const redriven: HistoryEvent = {
      ...{ id: 4, previousEventId: 3, timestamp },
      ...{ type: 'ExecutionRedriven', redriveCount: 1 },
    };
    store.append(a, redriven);
    play(store, 'c');

    const { store: again, problems } = openFileStore(folder);
    expect(problems).toEqual([]);
    expect(again.find(a)).toMatchObject({
      eventCount: 4,
      summary: { status: 'RUNNING', redriveCount: 1, input: { umlaut: 'ä' } },
      header: headerOf('a'),
    });
    again.append(a, { ...SUCCEEDED, id: 5 });
    again.catchUp();
    const last = openFileStore(folder).store;
    expect(last.find(a)?.summary).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
    expect(last.events(a, 3, 9)).toEqual([FAILED, redriven, { ...SUCCEEDED, id: 5 }]);
  });

  test('are forgotten when there are more than are kept; what runs never is', () => {
    const folder = newFolder();
    const options = { keptExecutions: 20 };
    const { store } = openFileStore(folder, options);
    store.create(headerOf('runs'));
    for (let count = 1; count <= 50; count += 1) play(store, `e${count}`);

    const kept = names(store);
    expect(kept.length).toBeLessThanOrEqual(22);
    expect(kept[0]).toBe('runs');
    expect(kept.at(-1)).toBe('e50');
    expect(store.find(headerOf('e1').executionArn)).toBeUndefined();
    const { store: again, problems } = openFileStore(folder, options);
    expect(problems).toEqual([]);
    expect(names(again)).toEqual(kept);
    play(again, 'e1');
    expect(names(openFileStore(folder, options).store)).toEqual(
      [...kept, 'e1'].slice(-kept.length - 1),
    );
  });

  test('leave no file behind when all in it are forgotten, and an index that stays short', () => {
    const folder = newFolder();
    const options = { keptExecutions: 10 };
    const { store } = openFileStore(folder, options);
    const input = JSON.stringify('x'.repeat(1_000_000));
    const definition = headerOf('a').definition;
    for (let count = 1; count <= 70; count += 1) {
      const header = { ...headerOf(`e${count}`), input, definition };
      store.create(header);
      store.append(header.executionArn, { ...STARTED, input: null });
      store.append(header.executionArn, { ...SUCCEEDED, id: 2 });
    }
    store.catchUp();

    const segments = fs.readdirSync(folder).filter((name) => name.startsWith('events-'));
    expect(segments).toEqual(['events-00000007.jsonl', 'events-00000008.jsonl']);
    expect(names(openFileStore(folder, options).store)).toEqual(names(store));
  });
});
