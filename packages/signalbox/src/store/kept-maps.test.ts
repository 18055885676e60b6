import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { localDisk } from './disk.ts';
import { openKeptMaps } from './kept-maps.ts';

let root: string;
let file: string;

beforeAll(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'signalbox-maps-'));
});
afterAll(() => fs.rmSync(root, { recursive: true }));
beforeEach(() => {
  file = join(fs.mkdtempSync(join(root, 'store-')), 'records.jsonl');
});

const open = (disk = localDisk) => openKeptMaps({ file, disk, say: () => {} });

describe('openKeptMaps()', () => {
  test('has the records of each map again, as they were last', () => {
    const first = open();
    const parameters = first.map<string>('parameters');
    const queues = first.map<string>('queues');
    parameters.set('a', '1').set('b', '2').set('a', '3');
    parameters.delete('b');
    queues.set('a', 'other');
    queues.clear();
    queues.set('c', '4');

    const second = open();
    expect([...second.map('parameters')]).toEqual([['a', '3']]);
    expect([...second.map('queues')]).toEqual([['c', '4']]);
  });

  test('has dates, bytes and maps again', () => {
    const record = {
      at: new Date('2026-01-01T00:00:00.000Z'),
      bytes: Buffer.from([0, 255]),
      tags: new Map([['env', { at: new Date(5) }]]),
      pattern: { $or: [{ a: [null, 1.5, ''] }] },
    };
    open().map<typeof record>('all').set('a', record);

    const again = open().map<typeof record>('all').get('a');
    expect(again?.at.toISOString()).toBe('2026-01-01T00:00:00.000Z');
    expect(again?.bytes).toEqual(record.bytes);
    expect(again?.tags.get('env')?.at.getTime()).toBe(5);
    expect(again?.pattern).toEqual(record.pattern);
  });

  test('keeps what is no plain value in a form of its own', () => {
    const form = {
      store: (value: RegExp) => value.source,
      restore: (stored: string) => new RegExp(stored),
    };
    open().map('patterns', form).set('a', /x+/);

    expect(open().map('patterns', form).get('a')).toEqual(/x+/);
  });

  test('keeps a map that nobody opens', () => {
    const first = open();
    first.map('a').set('x', 1);
    const second = open();
    for (let n = 0; n < 10_100; n += 1) second.map(`b${n}`).set('y', n);

    expect(open().map('a').get('x')).toBe(1);
    expect(open().map('b7').get('y')).toBe(7);
  });

  test('leaves a map as it was where the disk takes no change', () => {
    let isFull = false;
    const map = open({
      ...localDisk,
      write(...given) {
        if (isFull) throw Object.assign(new Error('write'), { code: 'EROFS' });
        localDisk.write(...given);
      },
    }).map<number>('a');
    map.set('x', 1);
    isFull = true;

    expect(() => map.set('x', 2)).toThrow('the disk is read-only (EROFS)');
    expect(() => map.delete('x')).toThrow('(EROFS)');
    expect(() => map.clear()).toThrow('(EROFS)');
    expect([...map]).toEqual([['x', 1]]);
  });

  test.each(['null', '["put","a","b"]', '["set","a"]'])(
    'refuses the line %s by its place',
    (line) => {
      open().map('a').set('x', '12345678901234567890');
      const text = fs.readFileSync(file, 'utf8');
      fs.writeFileSync(
        file,
        `${text.slice(0, text.indexOf('\n') + 1)}${line}\n${' '.repeat(40)}\n`,
      );

      expect(open).toThrow(`${file}:2: this line cannot be read`);
    },
  );
});
