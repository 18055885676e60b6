import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { BenchRow } from './bench-row.ts';
import { median } from './median.ts';

const RUNS = 5;

/** Times the whole process from its start to `Serving`, and the sample run with `--once`. */
export async function runStartUpBench(root: string): Promise<readonly BenchRow[]> {
  await timeUntilServing(root); // builds what is not built yet
  const serving: number[] = [];
  for (let run = 0; run < RUNS; run += 1) serving.push(await timeUntilServing(root));
  const samples = await timeSamples(root);
  return [
    {
      name: 'warm start until it serves',
      value: median(serving),
      unit: 'ms',
      remark: `median of ${RUNS}`,
    },
    { name: 'whole sample run with --once', value: samples, unit: 'ms' },
  ];
}

async function timeUntilServing(root: string): Promise<number> {
  const startedAt = performance.now();
  const child = start(root, '--no-samples');
  let text = '';
  for await (const chunk of child.stderr) {
    text += String(chunk);
    if (text.includes('Serving AWS at')) break;
  }
  const elapsed = performance.now() - startedAt;
  child.kill('SIGTERM');
  if (child.exitCode === null) await once(child, 'exit');
  return elapsed;
}

async function timeSamples(root: string): Promise<number> {
  const startedAt = performance.now();
  const child = start(root, '--once');
  child.stdout.resume();
  child.stderr.resume();
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The samples ended with exit code ${code}`);
  return performance.now() - startedAt;
}

function start(root: string, option: string) {
  const args = [join(root, 'bin/signalbox.mjs'), 'start', '--port', '0', option];
  return spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
}
