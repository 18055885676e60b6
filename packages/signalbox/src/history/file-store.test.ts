import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openFileStore } from './file-store.ts';
import { describeStore, eventOf, headerOf } from './store.contract.ts';

let root = '';
beforeAll(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-store-'));
});
afterAll(() => fs.rmSync(root, { recursive: true }));

const newFolder = (): string => fs.mkdtempSync(path.join(root, 'store-'));

/** A folder with one execution of three events, as a process that ended has left it. */
function createFolder(): { folder: string; file: string } {
  const folder = newFolder();
  const { store } = openFileStore(folder);
  store.create(headerOf('a'));
  for (const id of [1, 2, 3]) store.append(headerOf('a').executionArn, eventOf(id));
  return { folder, file: path.join(folder, 'executions', '00000001.jsonl') };
}

describe('openFileStore()', () => {
  describeStore(() => openFileStore(newFolder()).store);

  test('finds everything again when it is opened again', () => {
    const { folder } = createFolder();

    const { store, problems } = openFileStore(folder);

    expect(problems).toEqual([]);
    expect(store.find(headerOf('a').executionArn)?.header).toEqual(headerOf('a'));
    expect(store.events(headerOf('a').executionArn, 1, 10)).toEqual([1, 2, 3].map(eventOf));
  });

  test('goes on where it stopped', () => {
    const { folder } = createFolder();
    const { store } = openFileStore(folder);

    store.append(headerOf('a').executionArn, eventOf(4));
    store.create(headerOf('b'));

    const { store: again } = openFileStore(folder);
    expect(again.events(headerOf('a').executionArn, 3, 10)).toEqual([3, 4].map(eventOf));
    expect(again.executions().map(({ header }) => header.name)).toEqual(['a', 'b']);
  });

  test('drops a half-written last line wherever it breaks off', () => {
    const { file } = createFolder();
    const whole = fs.readFileSync(file);
    const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1;

    for (let length = lastLine + 1; length < whole.length; length += 1) {
      const { folder } = createFolder();
      fs.writeFileSync(
        path.join(folder, 'executions', '00000001.jsonl'),
        whole.subarray(0, length),
      );

      const { store, problems } = openFileStore(folder);

      expect(problems).toMatchObject([
        { message: `Dropped a half-written last line of ${length - lastLine} bytes` },
      ]);
      store.append(headerOf('a').executionArn, eventOf(3));
      expect(openFileStore(folder).store.events(headerOf('a').executionArn, 1, 9)).toEqual(
        [1, 2, 3].map(eventOf),
      );
    }
  });

  test('leaves out an execution whose header is half-written', () => {
    const { folder, file } = createFolder();
    fs.writeFileSync(file, fs.readFileSync(file).subarray(0, 40));

    const { store, problems } = openFileStore(folder);

    expect(store.executions()).toEqual([]);
    expect(problems.map(({ message }) => message)).toEqual([
      'Dropped a half-written last line of 40 bytes',
      'Left out an execution: the file has no header',
    ]);
  });

  test('leaves out an execution with a broken line in the middle, and says which', () => {
    const { folder, file } = createFolder();
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    lines[2] = '{"broken';
    fs.writeFileSync(file, lines.join('\n'));

    const { store, problems } = openFileStore(folder);

    expect(store.executions()).toEqual([]);
    expect(problems).toEqual([{ file, message: 'Left out an execution: line 3 is not event 2' }]);
  });

  test('keeps one copy of a definition that executions share', () => {
    const folder = newFolder();
    const { store } = openFileStore(folder);

    for (const name of ['a', 'b', 'c']) store.create(headerOf(name));

    expect(fs.readdirSync(path.join(folder, 'definitions'))).toHaveLength(1);
  });

  test('reads no more of a file than the events asked for', () => {
    const { folder, file } = createFolder();
    const { store } = openFileStore(folder);
    const bytes = fs.readFileSync(file);
    const third = bytes.lastIndexOf(10, bytes.length - 2) + 1;
    bytes.fill('x', third);
    fs.writeFileSync(file, bytes);

    expect(store.events(headerOf('a').executionArn, 1, 2)).toEqual([1, 2].map(eventOf));
  });
});
