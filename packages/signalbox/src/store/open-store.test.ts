import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { localDisk } from './disk.ts';
import { openStore, type Store } from './open-store.ts';

let root: string;
let folder: string;

beforeAll(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'signalbox-stores-'));
});
afterAll(() => fs.rmSync(root, { recursive: true }));
beforeEach(() => {
  folder = join(fs.mkdtempSync(join(root, 'store-')), 'kept');
});

const open = (): Store => openStore({ storeDirectory: folder, say: () => {} });
const openTemporary = (): Store => openStore({ storeDirectory: undefined, say: () => {} });

/** The number of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['--version']).pid;

describe('openStore()', () => {
  test('makes a folder that only its owner may enter', async () => {
    const store = open();
    expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of fs.readdirSync(folder)) {
      expect({ name, mode: fs.statSync(join(folder, name)).mode & 0o777 }).toEqual({
        name,
        mode: 0o600,
      });
    }
    await store.close();
  });

  test('has one owner at a time, and names it', async () => {
    const store = open();
    expect(open).toThrow(
      `The store ${folder} belongs to another rehearsal, process ${process.pid}: stop it, or name another directory`,
    );

    await store.close();
    await open().close();
  });

  test('is refused to a second process while the first one lives', () => {
    fs.mkdirSync(folder);
    fs.writeFileSync(join(folder, 'owner.pid'), `${process.ppid}\n`);

    expect(open).toThrow(`belongs to another rehearsal, process ${process.ppid}: stop it`);
    expect(fs.readFileSync(join(folder, 'owner.pid'), 'utf8')).toBe(`${process.ppid}\n`);
  });

  test.each([
    ['of a dead process', () => `${deadPid()}\n`],
    ['of an earlier process with the same number', () => `${process.pid}\n`],
    ['that says nothing', () => ''],
  ])('takes over a lock %s', async (_name, text) => {
    fs.mkdirSync(folder);
    fs.writeFileSync(join(folder, 'owner.pid'), text());

    await open().close();
    expect(fs.readdirSync(folder)).toEqual(['records.jsonl', 'store.json']);
  });

  test.each([
    ['a newer version', 'store.json', '{"format":4}\n', 'this store is not of format 3'],
    ['nobody', 'store.json', 'null', 'this store is not of format 3'],
    ['an earlier version', 'tables', '', 'this store is of format 1, of an earlier version'],
    ['something else', 'letter.txt', '', 'is no store, and not empty'],
  ])('refuses what %s wrote, and leaves it alone', (_name, name, text, message) => {
    fs.mkdirSync(folder);
    fs.writeFileSync(join(folder, name), text);

    expect(open).toThrow(message);
    expect(fs.readdirSync(folder)).toEqual([name]);
  });

  test('belongs to the Region for which it was opened first, and is refused to another', async () => {
    const store = open();
    store.belongsTo('us-east-1');
    await store.close();
    const again = open();
    again.belongsTo('us-east-1');
    expect(() => again.belongsTo('us-west-2')).toThrow(
      `${folder}: what is kept here belongs to a stack in us-east-1, not in us-west-2: name us-east-1 first, as in --region us-east-1,us-west-2, or name another directory`,
    );
    await again.close();
  });

  test('of an earlier version says no Region, and belongs to the first that comes', async () => {
    fs.mkdirSync(folder);
    fs.writeFileSync(join(folder, 'store.json'), '{"format":3}\n');
    const store = open();
    store.belongsTo('us-west-2');
    expect(() => store.belongsTo('us-east-1')).toThrow('belongs to a stack in us-west-2');
    await store.close();
  });

  test('refuses a directory that cannot be written, in words', () => {
    const disk = {
      ...localDisk,
      replace() {
        throw Object.assign(new Error('open'), { code: 'EROFS' });
      },
    };
    expect(() => openStore({ storeDirectory: folder, say: () => {}, disk })).toThrow(
      /^Cannot .*: the disk is read-only \(EROFS\): mount it for writing, or name another directory/,
    );
    fs.rmSync(folder, { recursive: true });
    fs.writeFileSync(folder, 'a file');
    expect(open).toThrow(`Cannot keep anything in ${folder}: `);
  });

  test('ends on a disk that has become read-only, and is taken over when it is well', async () => {
    const store = open();
    const removed = jest.spyOn(fs, 'rmSync').mockImplementationOnce(() => {
      throw Object.assign(new Error('unlink'), { code: 'EROFS' });
    });
    await store.close();
    removed.mockRestore();
    expect(fs.readFileSync(join(folder, 'owner.pid'), 'utf8')).toBe(`${process.pid}\n`);

    await open().close();
    expect(fs.existsSync(join(folder, 'owner.pid'))).toBe(false);
  });

  test('has a temporary folder where nobody names one, and removes it at its end', async () => {
    const store = openTemporary();
    expect(fs.statSync(store.histories).mode & 0o777).toBe(0o700);

    await store.close();
    expect(fs.existsSync(store.histories)).toBe(false);
  });

  test('removes the temporary folders of dead processes, and of no others', async () => {
    const left = join(tmpdir(), `signalbox-${deadPid()}-abcDEF`);
    const living = join(tmpdir(), `signalbox-${process.ppid}-abcDEF`);
    for (const name of [left, living]) fs.mkdirSync(name);

    const store = openTemporary();
    expect([left, living, store.histories].map((name) => fs.existsSync(name))).toEqual([
      false,
      true,
      true,
    ]);
    fs.rmdirSync(living);
    await store.close();
  });
});
