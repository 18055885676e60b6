import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readJsonFile } from './read-json-file.ts';

const file = join(mkdtempSync(join(tmpdir(), 'signalbox-json-')), 'event.json');

function read(text: string) {
  writeFileSync(file, text);
  return readJsonFile(file);
}

describe('readJsonFile()', () => {
  test('returns the value', () => {
    expect(read('{"a": [1, "\\n"]}')).toEqual({ a: [1, '\n'] });
  });

  test.each([
    ['AWSTemplateFormatVersion: x\nResources: {}\n', 1],
    ['{\n  "a": 1,\n  "b": yes\n}\n', 3],
    ['{\n  "a": 1\n  "b": 2\n}\n', 3],
    ['[\n  1,\n]\n', 3],
    ['{\n  "a": "never\n  ends": 1\n}\n', 2],
    ['{\n  "a": 1\n', 3],
    ['{"a": 1}\n{"b": 2}\n', 2],
    ['', 1],
  ])('names the line where %j breaks', (text, line) => {
    expect(() => read(text)).toThrow(`${file}:${line}: Cannot read the JSON: `);
  });

  test('says that a file is not there', () => {
    expect(() => readJsonFile(`${file}.gone`)).toThrow(`Cannot read ${file}.gone: no such file`);
  });
});
