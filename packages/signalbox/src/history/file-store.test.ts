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

const ADVICE = 'put a copy of the file in its place, or remove it, and the execution with it';

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
      `Left out an execution: the file has no header: ${ADVICE}`,
    ]);
  });

  test.each([
    '{"broken',
    'null',
    '[]',
    '{"id":2,"type":"PassStateEntered","timestamp":"no date"}',
    '{"id":3,"type":"PassStateEntered","timestamp":"2026-01-01T00:00:00.000Z"}',
  ])('leaves out an execution with a line %s in the middle, and says which', (broken) => {
    const { folder, file } = createFolder();
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    lines[2] = broken;
    fs.writeFileSync(file, lines.join('\n'));

    const { store, problems } = openFileStore(folder);

    expect(store.executions()).toEqual([]);
    const message = `Left out an execution: this line is not event 2: ${ADVICE}`;
    expect(problems).toEqual([{ file, line: 3, message }]);
  });

  test.each(['null', '{}'])('leaves out an execution with the header %s', (header) => {
    const { folder, file } = createFolder();
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    fs.writeFileSync(file, [header, ...lines.slice(1)].join('\n'));

    expect(openFileStore(folder).problems).toMatchObject([
      { file, line: 1, message: expect.stringContaining('this line is not an execution') },
    ]);
  });

  test('takes one of two files that have the same execution, and names the other', () => {
    const { folder, file } = createFolder();
    const copy = file.replace('00000001', '00000002');
    fs.copyFileSync(file, copy);

    const { store, problems } = openFileStore(folder);

    expect(store.executions()).toHaveLength(1);
    expect(problems).toMatchObject([
      { file: copy, message: expect.stringContaining('another file has arn:aws:states:') },
    ]);
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
    expect(modeOf(path.dirname(file))).toBe(0o700);
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
    const { executionArn } = headerOf('a');
    const said: string[] = [];
    let folder: string;
    let store: HistoryStore;

    beforeEach(() => {
      isFull = false;
      said.length = 0;
      folder = newFolder();
      ({ store } = openFileStore(folder, { disk, say: (line) => said.push(line) }));
      store.create(headerOf('a'));
      store.append(executionArn, eventOf(1));
      isFull = true;
    });

    test('takes the events of what runs, and writes them down when there is space', () => {
      store.append(executionArn, eventOf(2));
      store.append(executionArn, eventOf(3));
      expect(store.events(executionArn, 1, 9)).toEqual([1, 2, 3].map(eventOf));
      expect(store.events(executionArn, 2, 1)).toEqual([2].map(eventOf));
      expect(store.events(executionArn, 3, 1)).toEqual([3].map(eventOf));
      expect(openFileStore(folder).store.events(executionArn, 1, 9)).toEqual([eventOf(1)]);

      isFull = false;
      store.append(executionArn, eventOf(4));
      store.catchUp();
      const again = openFileStore(folder).store;
      expect(again.events(executionArn, 1, 9)).toEqual([1, 2, 3, 4].map(eventOf));
    });

    test('refuses what is new while events wait, and says why once', () => {
      store.append(executionArn, eventOf(2));
      const refused = /^Cannot write \S+1\.jsonl: the disk is full \(ENOSPC\): free some space/;
      expect(() => store.catchUp()).toThrow(refused);
      expect(() => store.create(headerOf('b'))).toThrow(/2\.jsonl: the disk is full \(ENOSPC\)/);
      expect(store.find(headerOf('b').executionArn)).toBeUndefined();
      expect(said).toEqual([
        `Cannot keep anything in ${folder}/executions: the disk is full (ENOSPC): free some space there`,
      ]);

      isFull = false;
      store.catchUp();
      store.create(headerOf('b'));
      expect(said.slice(1)).toEqual(['What happens is kept again']);
      expect(openFileStore(folder).problems).toEqual([]);
    });
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
