import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { INPUTS_AT, wrongResults } from '../function-results.ts';
import { type StartedRehearsal, startRehearsal } from '../rehearsals/start-rehearsal.ts';
import { WITH_REPORTS } from '../rehearsals/with-reports.ts';

let rehearsal: StartedRehearsal;

beforeAll(async () => {
  rehearsal = await startRehearsal({
    startsAt: INPUTS_AT,
    prebuiltDirectory: '.aws-sam/build',
    parameterOverrides: WITH_REPORTS,
  });
  await rehearsal.runtime.settled(); // the database has its schema, and holds nobody up
});
afterAll(() => rehearsal?.runtime.close());

describe('the artifacts of sam build', () => {
  test('answer the inputs of events/invoke', async () => {
    const { runtime, stage } = rehearsal;
    const { functions } = runtime.app();
    expect(await wrongResults(stage.client, functions)).toEqual([]);
  });
});
