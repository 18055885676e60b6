import { parseArgs } from 'node:util';
import { freshSeed } from '../failovers/play-runs.ts';
import { openOrderStage } from './order-stage.ts';
import { playInProcesses, sharesOf } from './play-in-processes.ts';
import { ordersText, playOrderRun } from './play-order-run.ts';

/** Runs between two lines that show the progress. */
const PROGRESS_RUNS = 25;

/** Plays many runs of random orders; returns 1 when one of them broke what every run must hold. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string', default: '10000' },
      seed: { type: 'string' },
      /** In this process: one of those among which many runs are shared out. */
      alone: { type: 'boolean', default: false },
    },
  });
  const first = values.seed === undefined ? freshSeed() : Number(values.seed);
  const runs = Number(values.runs);
  const shares = sharesOf(first, runs);
  if (!values.alone && shares.length > 1) {
    write(`${runs} runs from seed ${first}, in ${shares.length} processes`);
    return await playInProcesses(shares, write);
  }
  return await playAlone(first, runs);
}

async function playAlone(first: number, runs: number): Promise<number> {
  write(`${runs} runs from seed ${first}`);
  const stage = await openOrderStage();
  const ends = new Map<string, number>();
  const failed: number[] = [];
  let faulted = 0;
  try {
    for (let seed = first; seed < first + runs; seed += 1) {
      const run = await playOrderRun(stage, seed);
      if (run.wrongs.length > 0) {
        failed.push(seed);
        write(ordersText(run));
      }
      if (run.injectedFaults > 0) faulted += 1;
      for (const end of run.outcomes) ends.set(end, (ends.get(end) ?? 0) + 1);
      const played = seed - first + 1;
      if (played % PROGRESS_RUNS === 0) write(`${played} of ${runs} runs, ${failed.length} failed`);
    }
  } finally {
    await stage.runtime.close();
  }
  write(`Orders: ${[...ends].map(([end, count]) => `${count} ${end}`).join(', ')}`);
  write(`In ${faulted} runs calls went wrong on purpose`);
  write(
    failed.length === 0 ? 'No run broke what every run must hold' : `Failed: ${failed.join(', ')}`,
  );
  return failed.length === 0 ? 0 : 1;
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}
