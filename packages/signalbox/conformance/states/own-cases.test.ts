import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { RecordedCase } from './recorded-case.ts';
import { runCase } from './run-case.ts';

const FOLDER = new URL('./cases/', import.meta.url);

const cases = readdirSync(FOLDER).flatMap((file) => {
  const inFile: readonly RecordedCase[] = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
  return inFile.map((own) => [own.id, own] as const);
});

describe('the engine', () => {
  test.each(cases)('%s', async (_, own) => {
    const { outcome, types, details, difference } = await runCase(own);
    expect({ outcome, types, details, difference }).toEqual({
      outcome: true,
      types:
        own.expectedTypes === undefined && own.expectedHistory === undefined ? undefined : true,
      details: own.expectedHistory === undefined ? undefined : true,
      difference: undefined,
    });
  });
});
