import { main } from '../packages/signalbox/src/cli/main.ts';

/** What a command line came to. */
export interface CliRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process. */
export async function runCli(...args: readonly string[]): Promise<CliRun> {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const exitCode = await main(['node', 'signalbox', ...args], {
    stdout: { write: (text) => stdout.push(text) },
    stderr: { write: (text) => stderr.push(text) },
  });
  return { exitCode, stdout: stdout.join(''), stderr: stderr.join('') };
}
