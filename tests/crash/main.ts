import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { copyCrashProject } from './crash-project.ts';
import { type CrashStage, openCrashStage } from './crash-stage.ts';
import { playCrashRun, storyOf } from './play-crash-run.ts';

/** Runs that share a store, and so their processes: to start one is most of what a run costs. */
const RUNS_A_STORE = 10;

/** Plays runs of the crash test; returns 1 when one of them broke what every run must hold. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { runs: { type: 'string', default: '300' }, seed: { type: 'string' } },
  });
  const first = Number(values.seed ?? Math.floor(Math.random() * 1_000_000_000));
  const failed = await playCrashRuns(first, Number(values.runs), (line) =>
    process.stdout.write(`${line}\n`),
  );
  return failed.length === 0 ? 0 : 1;
}

/** Plays runs of one seed after the other; returns the seeds that broke what every run must hold. */
export async function playCrashRuns(
  first: number,
  runs: number,
  say: (line: string) => void,
): Promise<readonly number[]> {
  say(`${runs} runs from seed ${first}`);
  const startedMs = performance.now();
  const copy = copyCrashProject();
  const failed: number[] = [];
  const stores: string[] = [];
  let stage: CrashStage | undefined;
  try {
    for (let seed = first; seed < first + runs; seed += 1) {
      stage ??= await openCrashStage(copy.root, newStore(stores));
      const run = await playCrashRun(stage, seed);
      if (run.wrongs.length > 0) {
        failed.push(seed);
        say(`${storyOf(run)}\nThe store is left in ${stores.pop()}`);
      }
      const isLast = seed === first + runs - 1;
      if (run.wrongs.length > 0 || isLast || (seed - first + 1) % RUNS_A_STORE === 0) {
        await stage.close();
        stage = undefined;
        const seconds = Math.round((performance.now() - startedMs) / 1000);
        say(`${seed - first + 1} of ${runs} runs, ${failed.length} failed, ${seconds} s`);
      }
    }
  } finally {
    await stage?.close();
    for (const store of stores) rmSync(store, { recursive: true, force: true });
    copy.remove();
  }
  return failed;
}

function newStore(stores: string[]): string {
  const store = mkdtempSync(join(tmpdir(), 'signalbox-crash-'));
  stores.push(store);
  return store;
}
