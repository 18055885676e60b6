import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A rehearsal in a process of its own, as a user starts it. */
export interface SpawnedRehearsal {
  readonly url: string;
  /** From the start of the process until it served, in milliseconds. */
  readonly startMs: number;
  /** Memory that the process holds now, in MB. */
  residentMb(): number;
  /** User and system time of the process and its threads so far, in seconds. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

/** Starts `signalbox start --no-scenarios` on a free port and waits until it serves. */
export async function spawnRehearsal(root: string): Promise<SpawnedRehearsal> {
  const startedAt = performance.now();
  // The flag stands in package.json's start script and in the command's first line too.
  const args = [
    '--max-semi-space-size=2',
    join(root, 'packages/signalbox/bin/signalbox.mjs'),
    'start',
    '--port',
    '0',
    '--no-scenarios',
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  const url = await readUrl(child);
  const startMs = performance.now() - startedAt;
  return {
    url,
    startMs,
    residentMb: () => figureOf(child, 'rss') / 1000,
    cpuSeconds: () => figureOf(child, 'cputimes'),
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

/** Reads one of `ps`'s figures of a process. */
function figureOf({ pid }: ChildProcess, figure: 'rss' | 'cputimes'): number {
  return Number(execFileSync('ps', ['-o', `${figure}=`, '-p', String(pid)], { encoding: 'utf8' }));
}

async function readUrl({ stderr }: ChildProcess): Promise<string> {
  if (stderr === null) throw new TypeError('The process has no stderr');
  let text = '';
  return new Promise((resolve, reject) => {
    stderr.on('data', (chunk) => {
      text += String(chunk);
      const url = /Serving AWS at (\S+)/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
    stderr.once('end', () => reject(new Error(`The rehearsal did not start: ${text}`)));
  });
}
