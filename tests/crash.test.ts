import { expect, test } from '@jest/globals';
import { playCrashRuns } from './crash/main.ts';

/** Its run kept a rehearsal from starting again once, and lost an object another time. */
const FIRST_SEED = 77;
/** `npm run test:crash` plays hundreds, of seeds that nobody has chosen. */
const RUNS = 1;

test('nothing that was accepted is lost in a kill under load', async () => {
  const said: string[] = [];
  const failed = await playCrashRuns(FIRST_SEED, RUNS, (line) => said.push(line));
  expect(failed.length === 0 ? [] : said).toEqual([]);
});
