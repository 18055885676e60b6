import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Disk, localDisk } from '../store/disk.ts';
import { openFileStore } from './file-store.ts';
import { describeStore, eventOf, headerOf } from './store.contract.ts';
import type { HistoryStore } from './store.ts';

let root = '';
beforeAll(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-store-'));
});
afterAll(() => fs.rmSync(root, { recursive: true }));

const newFolder = (): string => fs.mkdtempSync(path.join(root, 'store-'));

const ADVICE = 'put a copy of the file in its place, or remove the line, and the execution with it';
const A = headerOf('a').executionArn;
const B = headerOf('b').executionArn;

const fileIn = (folder: string): string => path.join(folder, 'events-00000001.jsonl');

/** A folder with one execution of three events, as a process that ended has left it. */
function createFolder(): { folder: string; file: string } {
  const folder = newFolder();
  const { store } = openFileStore(folder);
  store.create(headerOf('a'));
  for (const id of [1, 2, 3]) store.append(A, eventOf(id));
  store.catchUp();
  return { folder, file: fileIn(folder) };
}

describe('openFileStore()', () => {
  describeStore(() => openFileStore(newFolder()).store);

  test('finds everything again when it is opened again', () => {
    const { folder } = createFolder();

    const { store, problems } = openFileStore(folder);

    expect(problems).toEqual([]);
    expect(store.find(A)?.header).toEqual(headerOf('a'));
    expect(store.events(A, 1, 10)).toEqual([1, 2, 3].map(eventOf));
  });

  test('goes on where it stopped', () => {
    const { folder } = createFolder();
    const { store } = openFileStore(folder);

    store.append(A, eventOf(4));
    store.create(headerOf('b'));

    const { store: again } = openFileStore(folder);
    expect(again.events(A, 3, 10)).toEqual([3, 4].map(eventOf));
    expect(again.executions().map(({ header }) => header.name)).toEqual(['a', 'b']);
  });

  test('writes the events of a turn before the turn is over', async () => {
    const folder = newFolder();
    const { store } = openFileStore(folder);
    store.create(headerOf('a'));
    store.append(A, eventOf(1));
    store.append(A, eventOf(2));
    expect(openFileStore(folder).store.events(A, 1, 9)).toEqual([]);

    await Promise.resolve();

    expect(openFileStore(folder).store.events(A, 1, 9)).toEqual([1, 2].map(eventOf));
  });

  test('keeps the events of executions apart that run side by side', () => {
    const folder = newFolder();
    const { store } = openFileStore(folder);
    for (const name of ['a', 'b']) store.create(headerOf(name));
    for (const id of [1, 2, 3, 4, 5]) {
      store.append(A, eventOf(id));
      if (id % 2 === 0) store.catchUp();
      store.append(B, eventOf(id));
    }
    store.catchUp();

    for (const one of [store, openFileStore(folder).store]) {
      for (const arn of [A, B]) {
        expect(one.events(arn, 1, 9)).toEqual([1, 2, 3, 4, 5].map(eventOf));
        expect(one.events(arn, 2, 3)).toEqual([2, 3, 4].map(eventOf));
      }
    }
  });

  test('drops a half-written last line wherever it breaks off', () => {
    const { file } = createFolder();
    const whole = fs.readFileSync(file);
    const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1;

    for (let length = lastLine + 1; length < whole.length; length += 1) {
      const { folder } = createFolder();
      fs.writeFileSync(fileIn(folder), whole.subarray(0, length));

      const { store, problems } = openFileStore(folder);

      expect(problems).toMatchObject([
        { message: `Dropped a half-written last line of ${length - lastLine} bytes` },
      ]);
      store.append(A, eventOf(3));
      store.catchUp();
      expect(openFileStore(folder).store.events(A, 1, 9)).toEqual([1, 2, 3].map(eventOf));
    }
  });

  test('has no execution whose header is half-written, and gives its number to the next', () => {
    const { folder, file } = createFolder();
    fs.writeFileSync(file, fs.readFileSync(file).subarray(0, 40));

    const { store, problems } = openFileStore(folder);

    expect(store.executions()).toEqual([]);
    expect(problems.map(({ message }) => message)).toEqual([
      'Dropped a half-written last line of 40 bytes',
    ]);
    store.create(headerOf('b'));
    expect(openFileStore(folder).store.find(B)?.header).toEqual(headerOf('b'));
  });

  const unread = 'this line cannot be read';
  const notTheNext = 'this line is not event 2';
  test.each([
    ['{"broken', [unread, notTheNext]],
    ['null', [unread, notTheNext]],
    ['{"n":1,"id":2,"type":"PassStateEntered","timestamp":"no date"}', [notTheNext]],
    [
      '{"n":1,"id":3,"type":"PassStateEntered","timestamp":"2026-01-01T00:00:00.000Z"}',
      [notTheNext],
    ],
  ])('leaves out an execution with a line %s in the middle, and says which', (broken, reasons) => {
    const { folder, file } = createFolder();
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    lines[2] = broken;
    fs.writeFileSync(file, lines.join('\n'));

    const { store, problems } = openFileStore(folder);

    expect(store.executions()).toEqual([]);
    expect(problems).toEqual(
      reasons.map((reason, index) => ({
        file,
        line: 3 + index,
        message: `Left out an execution: ${reason}: ${ADVICE}`,
      })),
    );
  });

  test('leaves out an execution whose header is damaged, and no other', () => {
    const { folder, file } = createFolder();
    const { store: before } = openFileStore(folder);
    before.create(headerOf('b'));
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    fs.writeFileSync(file, ['{"n":1,"header":{}}', ...lines.slice(1)].join('\n'));

    const { store, problems } = openFileStore(folder);

    expect(problems).toMatchObject([
      { file, line: 1, message: expect.stringContaining('this line is not an execution') },
    ]);
    expect(store.executions().map(({ header }) => header.name)).toEqual(['b']);
  });

  test('takes the first of two executions with one name, and names it', () => {
    const { folder, file } = createFolder();
    const lines = fs.readFileSync(file, 'utf8');
    fs.appendFileSync(file, lines.replaceAll('{"n":1,', '{"n":2,'));

    const { store, problems } = openFileStore(folder);

    expect(store.executions()).toHaveLength(1);
    expect(problems).toEqual([{ message: `Left out an execution: ${A} is there twice` }]);
  });

  test('leaves out an execution whose definition is damaged, and names its file', () => {
    const { folder } = createFolder();
    const definitions = path.join(folder, 'definitions');
    const [name = ''] = fs.readdirSync(definitions);
    fs.appendFileSync(path.join(definitions, name), ' ');

    expect(openFileStore(folder).problems).toMatchObject([
      { message: expect.stringContaining(`definitions/${name} is missing or damaged`) },
    ]);
  });

  test('writes files and folders that only their owner may read', () => {
    const { folder, file } = createFolder();
    const modeOf = (name: string): number => fs.statSync(name).mode & 0o777;

    expect(modeOf(file)).toBe(0o600);
    expect(modeOf(folder)).toBe(0o700);
  });

  describe('on a full disk', () => {
    let isFull = false;
    const disk: Disk = {
      ...localDisk,
      write(...given) {
        if (isFull) throw Object.assign(new Error('write'), { code: 'ENOSPC' });
        localDisk.write(...given);
      },
    };
    const said: string[] = [];
    let folder: string;
    let store: HistoryStore;

    beforeEach(() => {
      isFull = false;
      said.length = 0;
      folder = newFolder();
      ({ store } = openFileStore(folder, { disk, say: (line) => said.push(line) }));
      store.create(headerOf('a'));
      store.append(A, eventOf(1));
      store.catchUp();
      isFull = true;
    });
    const catchUp = () => store.catchUp();

    test('takes the events of what runs, and writes them down when there is space', () => {
      store.append(A, eventOf(2));
      store.append(A, eventOf(3));
      expect(catchUp).toThrow('ENOSPC');
      expect(store.events(A, 1, 9)).toEqual([1, 2, 3].map(eventOf));
      expect(store.events(A, 2, 1)).toEqual([2].map(eventOf));
      expect(store.events(A, 3, 1)).toEqual([3].map(eventOf));
      expect(openFileStore(folder).store.events(A, 1, 9)).toEqual([eventOf(1)]);

      isFull = false;
      store.append(A, eventOf(4));
      store.catchUp();
      const again = openFileStore(folder).store;
      expect(again.events(A, 1, 9)).toEqual([1, 2, 3, 4].map(eventOf));
    });

    test('refuses what is new while events wait, and says why once', () => {
      store.append(A, eventOf(2));
      const refused = /^Cannot write \S+1\.jsonl: the disk is full \(ENOSPC\): free some space/;
      expect(catchUp).toThrow(refused);
      expect(() => store.create(headerOf('b'))).toThrow(refused);
      expect(store.find(B)).toBeUndefined();
      expect(said).toEqual([
        `Cannot keep anything in ${folder}: the disk is full (ENOSPC): free some space there`,
      ]);

      isFull = false;
      store.catchUp();
      store.create(headerOf('b'));
      expect(said.slice(1)).toEqual(['What happens is kept again']);
      const again = openFileStore(folder);
      expect(again.problems).toEqual([]);
      expect(again.store.executions().map(({ header }) => header.name)).toEqual(['a', 'b']);
    });
  });

  test('keeps one copy of a definition that executions share', () => {
    const folder = newFolder();
    const { store } = openFileStore(folder);

    for (const name of ['a', 'b', 'c']) store.create(headerOf(name));

    expect(fs.readdirSync(path.join(folder, 'definitions'))).toHaveLength(1);
  });
});
