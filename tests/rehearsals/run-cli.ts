import { main } from '../../packages/signalbox/src/cli/main.ts';
import { plugin } from '../../rehearsal/plugin.ts';
import { expectSchema } from './expect-schema.ts';

/** The exit code of a command line and all that it printed. */
export interface CliRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, as in a pipe. */
export function runCli(...args: readonly string[]): Promise<CliRun> {
  return runWith({}, args);
}

/** Runs a command line in this process, as at a terminal of so many columns. */
export function runAtTerminal(columns: number, ...args: readonly string[]): Promise<CliRun> {
  return runWith({ isTTY: true, columns }, args);
}

async function runWith(
  terminal: { readonly isTTY?: true; readonly columns?: number },
  args: readonly string[],
): Promise<CliRun> {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const streams = {
    stdout: { ...terminal, write: (text: string) => stdout.push(text) },
    stderr: { write: (text: string) => stderr.push(text) },
  };
  const exitCode = await main(['node', 'signalbox', ...args], streams, async () => [plugin]);
  const run = { exitCode, stdout: stdout.join(''), stderr: stderr.join('') };
  if (args.includes('--json')) await expectSchema(args, run.stdout);
  return run;
}
