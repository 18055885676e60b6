import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Disk, localDisk } from './disk.ts';
import { openJournal } from './journal.ts';

let root: string;
let file: string;
let lines: string[];
let said: string[];

beforeAll(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'signalbox-journal-'));
});
afterAll(() => fs.rmSync(root, { recursive: true }));
beforeEach(() => {
  file = join(fs.mkdtempSync(join(root, 'store-')), 'all.jsonl');
  said = [];
});

function open(disk: Disk = localDisk) {
  const found: string[] = [];
  lines = found;
  return openJournal({
    file,
    disk,
    say: (line) => said.push(line),
    take(line) {
      JSON.parse(line);
      found.push(line);
    },
    snapshot: () => [...new Set(found)],
  });
}

/** Opens the journal again and returns its lines. */
function linesAgain(): readonly string[] {
  open();
  return lines;
}

describe('openJournal()', () => {
  test('finds the lines again, in order', () => {
    const journal = open();
    for (const line of ['1', '"ä"', '{"b":2}']) journal.append(line);

    expect(linesAgain()).toEqual(['1', '"ä"', '{"b":2}']);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  });

  test('cuts off a line that was half-written, says so, and goes on behind the line before', () => {
    open().append('1');
    fs.appendFileSync(file, '{"half');

    const journal = open();
    expect(lines).toEqual(['1']);
    expect(said).toEqual([`${file}: Dropped a half-written last line of 6 bytes`]);
    journal.append('2');
    expect(linesAgain()).toEqual(['1', '2']);
  });

  test('refuses a line that cannot be read, with file and line', () => {
    const journal = open();
    for (const line of ['1', '22222', '3']) journal.append(line);
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('22222', '{{{{{'));

    expect(open).toThrow(
      `${file}:3: this line cannot be read: put a copy of the file in its place`,
    );
  });

  test('refuses a file that was cut short, wherever, and says how many bytes are missing', () => {
    const journal = open();
    for (const line of ['1', '22', '3']) journal.append(line);
    const whole = fs.readFileSync(file);
    const header = whole.indexOf(10) + 1;

    for (let length = 0; length < whole.length; length += 1) {
      fs.writeFileSync(file, whole.subarray(0, length));
      const left = whole.lastIndexOf(10, length - 1) + 1;
      const missing = `${file}: its last ${whole.length - left} bytes are missing`;
      expect(open).toThrow(
        length < header ? `${file}:1: this is no first line of a journal` : missing,
      );
    }
  });

  test('is written anew when it has grown too long', () => {
    const journal = open();
    for (let n = 0; n < 10_500; n += 1) {
      const line = String(n % 100);
      journal.append(line);
      lines.push(line);
    }

    expect(fs.readFileSync(file, 'utf8').split('\n').length).toBeLessThan(700);
    expect(new Set(linesAgain())).toEqual(
      new Set(Array.from({ length: 100 }, (_, n) => String(n))),
    );
  });

  test('refuses a line on a full disk, has nothing of it, and goes on when there is space', () => {
    let isFull = false;
    const journal = open({
      ...localDisk,
      write(name, bytes, position) {
        if (!isFull) return localDisk.write(name, bytes, position);
        // As a disk that gets full in the middle of a write.
        localDisk.write(name, bytes.subarray(0, 3), position);
        throw Object.assign(new Error('write'), { code: 'ENOSPC' });
      },
    });
    journal.append('1');
    isFull = true;
    for (const line of ['222222', '333333']) {
      expect(() => journal.append(line)).toThrow(
        `Cannot write ${file}: the disk is full (ENOSPC): free some space there. The call was not taken`,
      );
    }
    isFull = false;
    journal.append('4');

    expect(said).toHaveLength(2);
    expect(linesAgain()).toEqual(['1', '4']);
  });

  test('hands what was written to the device when it is closed', async () => {
    const synced: string[] = [];
    const journal = open({ ...localDisk, sync: async (name) => void synced.push(name) });
    journal.append('1');

    await journal.close();
    expect(synced).toEqual([file]);
  });
});
