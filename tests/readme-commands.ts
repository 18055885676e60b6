import { readFileSync } from 'node:fs';

/** A command line of a document's `sh` blocks. */
export interface DocumentedCommand {
  /** 1-based line of the document. */
  readonly line: number;
  readonly text: string;
  /** The exit code that its comment gives in `exits N`, else 0. */
  readonly exitCode: number;
}

/** Lines that are not run: their comment says where they belong, they install, or they have a word to fill in. */
const ELSEWHERE = /^(on AWS|elsewhere)\b/;
const INSTALLS = /^npm (ci|install)\b/;
const PLACEHOLDER = /(^|[\s/])(ID|NAME|FILE|DIR)(\s|$)/;

/** The command lines of a document that can be run, each with the exit code that it says. */
export function documentedCommands(file: string): readonly DocumentedCommand[] {
  const found: DocumentedCommand[] = [];
  let isShell = false;
  let continued = '';
  for (const [index, written] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (written.startsWith('```')) {
      isShell = written === '```sh';
      continue;
    }
    if (!isShell || written.trim() === '') continue;
    if (written.endsWith('\\')) {
      continued += written.slice(0, -1);
      continue;
    }
    const [text = '', comment = ''] = `${continued}${written}`.split(/(?:^|\s)# /);
    continued = '';
    const isRun = !ELSEWHERE.test(comment) && !INSTALLS.test(text) && !PLACEHOLDER.test(text);
    if (!isRun || text.trim() === '') continue;
    const exitCode = Number(/\bexits (\d+)/.exec(comment)?.[1] ?? 0);
    found.push({ line: index + 1, text: text.trim(), exitCode });
  }
  return found;
}
