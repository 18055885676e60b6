import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readJsonArgument } from './read-json-argument.ts';

describe('readJsonArgument()', () => {
  test('reads the JSON itself, or a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'json-')), 'one.json');
    writeFileSync(file, '{"from":"file"}');
    expect(readJsonArgument(' {"a":[1]}')).toEqual({ a: [1] });
    expect(readJsonArgument('[1]')).toEqual([1]);
    expect(readJsonArgument(file)).toEqual({ from: 'file' });
  });

  test('says where the JSON of a line breaks', () => {
    expect(() => readJsonArgument('{"a":}')).toThrow(/command line:1/);
  });
});
