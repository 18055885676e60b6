import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { BenchRow } from '../packages/signalbox/benchmarks/bench-row.ts';
import { median } from '../packages/signalbox/benchmarks/median.ts';
import { spawnRehearsal } from './spawn-rehearsal.ts';

const RUNS = 5;

/** Times the whole process from its start until it serves, and the sample run with `--once`. */
export async function runStartUpBench(root: string): Promise<readonly BenchRow[]> {
  const starts: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const rehearsal = await spawnRehearsal(root);
    if (run > 0) starts.push(rehearsal.startMs); // the first one builds what is not built yet
    await rehearsal.stop();
  }
  const samplesMs = await timeSamples(root);
  return [
    {
      name: 'warm start until it serves',
      value: median(starts),
      unit: 'ms',
      remark: `median of ${RUNS}`,
    },
    { name: 'whole sample run with --once', value: samplesMs, unit: 'ms' },
  ];
}

async function timeSamples(root: string): Promise<number> {
  const startedAt = performance.now();
  const args = [
    join(root, 'packages/signalbox/bin/signalbox.mjs'),
    'start',
    '--port',
    '0',
    '--once',
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The samples ended with exit code ${code}`);
  return performance.now() - startedAt;
}
