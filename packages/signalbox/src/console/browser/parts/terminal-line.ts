import type { TerminalOptions } from '../../server/terminal-options.ts';

const COMMAND = /^(for \w+ in [^;]*; do )?(aws|npx signalbox) /;

/** Writes a word for a shell: in single quotes where it needs any. */
export function shellWord(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Leads a line to the place that the console shows, whatever the terminal is set to. */
export function lineAt(line: string, options: TerminalOptions): string {
  return line.replace(COMMAND, (_, loop: string | undefined, command: string) => {
    const words = command === 'aws' ? options.aws : options.signalbox;
    return [`${loop ?? ''}${command}`, ...words.map(shellWord), ''].join(' ');
  });
}

/**
 * Writes a line for each of several: a loop where there is more than one.
 *
 * @param name Of the variable of the loop.
 * @param values What differs.
 * @param line Writes the line with one of them, or with the variable.
 */
export function lineForEach(
  name: string,
  values: readonly string[],
  line: (word: string) => string,
): string {
  const [only] = values;
  if (only !== undefined && values.length === 1) return line(shellWord(only));
  return `for ${name} in ${values.map(shellWord).join(' ')}; do ${line(`"$${name}"`)}; done`;
}
