import { expect, test } from '@jest/globals';
import { playCrashRuns } from './crash/main.ts';

/** Runs with seeds that nobody has chosen; `npm run test:crash` plays hundreds. */
const RUNS = 2;

test('nothing that was accepted is lost in a kill under load', async () => {
  const said: string[] = [];
  const first = Math.floor(Math.random() * 1_000_000_000);
  const failed = await playCrashRuns(first, RUNS, (line) => said.push(line));
  expect(failed.length === 0 ? [] : said).toEqual([]);
});
