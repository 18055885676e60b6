import { expect, test } from '@jest/globals';
import { playCrashRuns } from './crash/main.ts';

/** The first of these kept a rehearsal from starting again once, and lost an object. */
const FIRST_SEED = 77;
/** `npm run test:crash` plays hundreds, of seeds that nobody has chosen. */
const RUNS = 2;

test('nothing that was accepted is lost in a kill under load', async () => {
  const said: string[] = [];
  const failed = await playCrashRuns(FIRST_SEED, RUNS, (line) => said.push(line));
  expect(failed.length === 0 ? [] : said).toEqual([]);
});
