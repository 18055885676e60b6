import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';

/** Much of a run is waiting, such as for a payment provider that does not answer: a core plays several. */
const PROCESSES_A_CORE = 4;
/** Fewer are not worth a process of their own, which first starts a rehearsal. */
const MIN_RUNS = 25;

/** The runs of one process. */
export interface Share {
  readonly first: number;
  readonly runs: number;
}

/** Shares runs out among processes: one for few runs, and none that has nothing to play. */
export function sharesOf(
  first: number,
  runs: number,
  cores = availableParallelism(),
): readonly Share[] {
  const processes = Math.max(1, Math.min(cores * PROCESSES_A_CORE, Math.floor(runs / MIN_RUNS)));
  const each = Math.ceil(runs / processes);
  const starts = Array.from({ length: processes }, (_, at) => at * each).filter((at) => at < runs);
  return starts.map((at) => ({ first: first + at, runs: Math.min(each, runs - at) }));
}

/** Plays each share in a process of its own and hands its lines on; returns 1 when one of them failed. */
export async function playInProcesses(
  shares: readonly Share[],
  say: (line: string) => void,
): Promise<number> {
  const codes = await Promise.all(shares.map((share) => playShare(share, say)));
  return codes.some((code) => code !== 0) ? 1 : 0;
}

function playShare({ first, runs }: Share, say: (line: string) => void): Promise<number | null> {
  const args = ['tests/orders/run.mjs', '--alone', '--runs', `${runs}`, '--seed', `${first}`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  createInterface({ input: child.stdout }).on('line', say);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}
