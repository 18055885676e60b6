import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { INPUTS_AT, inputFileOf, wrongResults } from './function-results.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';
import { WITH_REPORTS } from './rehearsals/with-reports.ts';

let rehearsal: StartedRehearsal;

beforeAll(async () => {
  rehearsal = await startRehearsal({
    startsAt: INPUTS_AT,
    prebuiltDirectory: process.env['SIGNALBOX_PREBUILT'],
    parameterOverrides: WITH_REPORTS,
  });
  await rehearsal.runtime.settled(); // the database has its schema, and holds nobody up
});
afterAll(() => rehearsal?.runtime.close());

describe('the functions', () => {
  test('have an input each in events/invoke, and no file is left over', () => {
    const { functions } = rehearsal.runtime.app();
    const files = readdirSync('events/invoke', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.json'))
      .map((file) => `events/invoke/${file}`);
    expect(files.sort()).toEqual([...new Set(functions.map(inputFileOf))].sort());
  });

  test('give a right result for their input', async () => {
    const { runtime, stage } = rehearsal;
    const { functions } = runtime.app();
    expect(functions.length).toBeGreaterThan(10);
    expect(await wrongResults(stage.client, functions)).toEqual([]);
  });
});
