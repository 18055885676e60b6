import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { copyFailoverProject } from './failover-project.ts';
import { openFailoverStage } from './failover-stage.ts';
import { type CheckedRun, failureText, freshSeed, playSeed } from './play-runs.ts';
import { createTally } from './tally.ts';

/** Each process holds a rehearsal with a dozen functions: more than two need more memory than they save time. */
const MAX_PROCESSES = 2;

/** Interval of the lines that show the progress. */
const PROGRESS_MS = 10_000;

/**
 * Plays many runs of the randomised test, several at once, each process in a rehearsal of its own.
 * Returns 1 when one of them broke what every run must hold.
 */
export async function main(script: string, args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string', default: '2000' },
      seed: { type: 'string' },
      processes: { type: 'string' },
      player: { type: 'string' },
    },
  });
  if (values.player !== undefined) return playAsTold(values.player);
  const first = values.seed === undefined ? freshSeed() : Number(values.seed);
  const runs = Number(values.runs);
  const most = Math.min(MAX_PROCESSES, availableParallelism());
  const processes = values.processes === undefined ? most : Number(values.processes);
  write(`${runs} runs from seed ${first} in ${processes} processes`);
  const seeds = Array.from({ length: runs }, (_, index) => first + index).values();
  const tally = createTally(runs);
  const progress = setInterval(() => write(tally.line()), PROGRESS_MS);
  const copy = copyFailoverProject();
  try {
    const players = Array.from({ length: processes }, () =>
      playIn(script, copy.root, seeds, tally.take),
    );
    await Promise.all(players);
  } finally {
    clearInterval(progress);
    copy.remove();
  }
  for (const line of tally.summary()) write(line);
  return tally.isClean() ? 0 : 1;
}

/** Lets another process play one seed after the other, until there are no more. */
function playIn(
  script: string,
  root: string,
  seeds: Iterator<number>,
  take: (run: CheckedRun) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(script, ['--player', root]);
    const next = (): void => {
      const { value, done } = seeds.next();
      if (done === true) child.disconnect();
      else child.send(value);
    };
    child.on('message', (message: CheckedRun | 'ready') => {
      if (message !== 'ready') {
        take(message);
        if (message.wrongs.length > 0) write(failureText(message));
      }
      next();
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`A player ended with ${code}`)),
    );
  });
}

/** Plays the seeds that the process above sends. */
async function playAsTold(root: string): Promise<number> {
  const stage = await openFailoverStage(root);
  const isOver = new Promise<void>((resolve) => process.once('disconnect', resolve));
  const failed = new Promise<never>((_, reject) => {
    process.on('message', (seed) => {
      playSeed(stage, Number(seed)).then(
        (run) => process.connected && process.send?.(run),
        (error: unknown) => reject(new Error(`Seed ${seed} could not be played`, { cause: error })),
      );
    });
  });
  process.send?.('ready');
  try {
    await Promise.race([isOver, failed]);
  } finally {
    await stage.runtime.close();
  }
  return 0;
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}
