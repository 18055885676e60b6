import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { copyFailoverProject } from './failovers/failover-project.ts';
import { type FailoverStage, openFailoverStage } from './failovers/failover-stage.ts';
import { failureText, freshSeed, playSeed } from './failovers/play-runs.ts';

/** Runs that found something once, and what. */
const KNOWN: readonly (readonly [seed: number, found: string])[] = [
  [9, 'a step that began after the end of its run had been written down'],
  [104, 'the same, of two failovers at once'],
  [116, 'a denied bucket whose refusal has no name'],
  [221, 'a duplicate that is stopped before it knows that it is one'],
];

/** Runs with seeds that nobody has chosen; `npm run test:failovers` plays thousands. */
const FRESH_RUNS = 24;

const asked = process.env['SIGNALBOX_SEED'];
const copy = copyFailoverProject();
let stage: FailoverStage;

beforeAll(async () => {
  stage = await openFailoverStage(copy.root);
});
afterAll(async () => {
  await stage?.runtime.close();
  copy.remove();
});

async function hold(seed: number): Promise<void> {
  const run = await playSeed(stage, seed);
  if (run.wrongs.length > 0) throw new Error(failureText(run));
}

describe('any failover', () => {
  if (asked !== undefined) {
    test(`holds what it must: the run of seed ${asked}`, () => hold(Number(asked)));
    return;
  }

  test.each(KNOWN)('holds what it must: seed %i, which found %s', (seed) => hold(seed));

  const first = freshSeed();
  test(`holds what it must: ${FRESH_RUNS} runs from seed ${first}`, async () => {
    for (let seed = first; seed < first + FRESH_RUNS; seed += 1) await hold(seed);
    expect(stage.said.filter((line) => line.startsWith('A bug'))).toEqual([]);
  });
});
