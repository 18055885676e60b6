import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { compareRow, readBaseline, writeBaseline } from './baseline.ts';

const folder = mkdtempSync(join(tmpdir(), 'signalbox-baseline-'));
afterAll(() => rmSync(folder, { recursive: true }));

const row = (name: string) => ({ name, value: 1, unit: 'ms' });
const baseline = (unitMs: number, rows: Record<string, number>) => ({
  unitMs,
  rows: new Map(Object.entries(rows)),
});

describe('compareRow()', () => {
  test('marks what got slower beyond noise, and nothing else', () => {
    const before = baseline(10, { fast: 100, slow: 100 });
    const now = baseline(10, { fast: 125, slow: 140, fresh: 1 });

    expect(compareRow(row('fast'), now, before)).toEqual({ ratio: 1.25, isSlower: false });
    expect(compareRow(row('slow'), now, before)).toEqual({ ratio: 1.4, isSlower: true });
    expect(compareRow(row('fresh'), now, before)).toBeUndefined();
  });

  test('does not take a slower machine for slower code', () => {
    const before = baseline(10, { row: 100 });
    const now = baseline(20, { row: 200 });

    expect(compareRow(row('row'), now, before)).toEqual({ ratio: 1, isSlower: false });
  });
});

describe('writeBaseline()', () => {
  test('keeps the rows of other benchmarks, as this machine would have measured them', () => {
    const file = join(folder, 'baseline.json');
    expect(readBaseline(file)).toBeUndefined();

    writeBaseline(file, baseline(10, { first: 100, second: 50 }));
    writeBaseline(file, baseline(20, { second: 60 }));

    expect(readBaseline(file)).toEqual(baseline(20, { first: 200, second: 60 }));
  });
});
