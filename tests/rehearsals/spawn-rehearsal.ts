import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A rehearsal in a process of its own. */
export interface SpawnedRehearsal {
  readonly url: string;
  /** Sends a signal and waits for the end; returns the exit code. */
  end(signal: 'SIGINT' | 'SIGKILL'): Promise<number | null>;
}

/** The result of a command that ended. */
export interface SpawnedRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const SIGNALBOX = join(process.cwd(), 'packages/signalbox/bin/signalbox.mjs');

/** Starts `signalbox start` in `root` on a free port, and waits until it serves. */
export async function spawnRehearsal(
  root: string,
  ...args: readonly string[]
): Promise<SpawnedRehearsal> {
  const child = start(root, ['start', '--port', '0', ...args]);
  let stderr = '';
  child.stdout?.resume();
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      const found = /Serving AWS at (\S+) until/.exec(stderr)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`It ended before it served: ${stderr}`)));
  });
  return {
    url,
    async end(signal) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}

/** Runs a command line in `root` to its end. */
export async function spawnSignalbox(
  root: string,
  ...args: readonly string[]
): Promise<SpawnedRun> {
  const child = start(root, args);
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  }
  await once(child, 'close');
  return { exitCode: child.exitCode, ...written };
}

function start(root: string, args: readonly string[]): ChildProcess {
  // The endpoint of whoever runs the tests must not be the one that the commands talk to.
  const { AWS_ENDPOINT_URL: _, ...env } = process.env;
  return spawn(process.execPath, [SIGNALBOX, ...args], { cwd: root, env });
}
