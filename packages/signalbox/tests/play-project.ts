import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { main } from '../src/cli/main.ts';

/** The output and exit code of `signalbox test`. */
export interface PlayedProject {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The lines of stdout without their indents. */
  readonly lines: readonly string[];
}

/** Plays the scenarios of a project that has these files and nothing to do with this one. */
export async function playProject(
  files: Readonly<Record<string, string>>,
  ...options: readonly string[]
): Promise<PlayedProject> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'house-')));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const out: string[] = [];
  const err: string[] = [];
  const sinkOf = (texts: string[]) => ({ write: (text: string) => texts.push(text) > 0 });
  const streams = { stdout: sinkOf(out), stderr: sinkOf(err) };
  const argv = ['node', 'signalbox', '--template', join(root, 'template.yaml'), ...options, 'test'];
  const exitCode = await main(argv, streams, async () => []);
  const stdout = out.join('');
  const lines = stdout.split('\n').map((line) => line.trim());
  return { exitCode, stdout, stderr: err.join(''), lines };
}
