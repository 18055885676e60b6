import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CallRecord } from '../packages/signalbox/src/endpoint/registry.ts';
import { INPUTS_AT, inputFileOf, wrongResults } from './function-results.ts';
import { judgeCalls } from './permissions/refused-calls.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';
import { WITH_REPORTS } from './rehearsals/with-reports.ts';

let rehearsal: StartedRehearsal;
const calls: CallRecord[] = [];

beforeAll(async () => {
  rehearsal = await startRehearsal({
    startsAt: INPUTS_AT,
    prebuiltDirectory: process.env['SIGNALBOX_PREBUILT'],
    parameterOverrides: WITH_REPORTS,
    onCall: (call) => void calls.push(call),
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

  // Some are called by no scenario, such as the reading half of the API.
  test('make no call that their roles do not allow', async () => {
    await rehearsal.runtime.settled();
    const { roles, refused } = judgeCalls(calls, rehearsal.runtime.app());
    expect(roles.size).toBeGreaterThan(18);
    expect(refused).toEqual([]);
  });
});
