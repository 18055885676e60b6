import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Report } from '../report.ts';
import { Documents } from './documents.ts';
import type { Source } from './parse-document.ts';

const TEXT = 'Shared: &one { A: 1 }\nResources:\n  First: *one\n  Second: *one\n';
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-documents-'));
  file = join(folder, 'generated/documents');
});
afterEach(() => rmSync(folder, { recursive: true }));

function sourceOf(text: string): Source {
  return { file: 'template.yaml', text, dialect: 'template' };
}

/** What one process parses, and keeps for the next one. */
function parseOnce(text: string, report = new Report()) {
  const documents = new Documents(file);
  const node = documents.parse(sourceOf(text), report);
  documents.keep();
  return node;
}

describe('Documents', () => {
  test('are the same from the file as parsed', () => {
    const parsed = new Documents().parse(sourceOf(TEXT), new Report());

    expect(parseOnce(TEXT)).toEqual(parsed);
    expect(parseOnce(TEXT)).toEqual(parsed);
    expect(parsed).toMatchObject({
      kind: 'map',
      entries: [{ key: 'Shared' }, { key: 'Resources' }],
    });
  });

  test('are written once for the same texts', () => {
    parseOnce(TEXT);
    const written = readFileSync(file);
    writeFileSync(file, Buffer.concat([written, Buffer.from('unread end')]));
    parseOnce(TEXT);

    expect(readFileSync(file)).not.toEqual(written);
  });

  test('of a changed text are parsed anew', () => {
    parseOnce('A: 1\n');

    expect(parseOnce('A: 2\n')).toMatchObject({ entries: [{ key: 'A', value: { text: '2' } }] });
  });

  test('with a mistake report it each time', () => {
    const reports = [new Report(), new Report()];
    const nodes = reports.map((report) => parseOnce('A: !Reff B\n', report));

    expect(nodes[1]).toEqual(nodes[0]);
    expect(reports[1]?.problems).toEqual(reports[0]?.problems);
    expect(reports[1]?.problems).toHaveLength(1);
  });

  test.each([
    ['damaged', () => writeFileSync(file, 'no documents')],
    ['missing', () => rmSync(file)],
  ])('of a %s file are parsed anew', (_what, spoil) => {
    const parsed = parseOnce(TEXT);
    spoil();

    expect(parseOnce(TEXT)).toEqual(parsed);
  });

  test('are parsed all the same where nothing can be written', () => {
    writeFileSync(join(folder, 'generated'), 'a file in the place of the folder');

    expect(parseOnce('A: 1\n')).toMatchObject({ kind: 'map' });
  });
});
